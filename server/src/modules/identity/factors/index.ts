import { authDevicesList } from '../operations/auth.devices.list.ts';
import { authDevicesRevoke } from '../operations/auth.devices.revoke.ts';
import { authMfaBackupCodesRegenerate } from '../operations/auth.mfa.backupCodes.regenerate.ts';
import { authMfaChallenge } from '../operations/auth.mfa.challenge.ts';
import { authMfaChallengeOptions } from '../operations/auth.mfa.challengeOptions.ts';
import { authMfaSendChallenge } from '../operations/auth.mfa.sendChallenge.ts';
import { authMfaSmsDisable } from '../operations/auth.mfa.sms.disable.ts';
import { authMfaSmsSetup } from '../operations/auth.mfa.sms.setup.ts';
import { authMfaSmsVerify } from '../operations/auth.mfa.sms.verify.ts';
import { authMfaStatus } from '../operations/auth.mfa.status.ts';
import { authMfaTotpDisable } from '../operations/auth.mfa.totp.disable.ts';
import { authMfaTotpSetup } from '../operations/auth.mfa.totp.setup.ts';
import { authMfaTotpVerify } from '../operations/auth.mfa.totp.verify.ts';
import { authPasskeyLogin } from '../operations/auth.passkey.login.ts';
import { authPasskeyOptions } from '../operations/auth.passkey.options.ts';
import { authPasskeysCreate } from '../operations/auth.passkeys.create.ts';
import { authPasskeysDelete } from '../operations/auth.passkeys.delete.ts';
import { authPasskeysList } from '../operations/auth.passkeys.list.ts';
import { authPasskeysOptions } from '../operations/auth.passkeys.options.ts';
import { authPasskeysUpdate } from '../operations/auth.passkeys.update.ts';
import { authPhoneVerify } from '../operations/auth.phone.verify.ts';
import { authStepUp } from '../operations/auth.stepUp.ts';
import { authStepUpOptions } from '../operations/auth.stepUpOptions.ts';
import { usersResetMfa } from '../operations/users.resetMfa.ts';
import './problems.ts';

export const operations = [
  authMfaStatus,
  authMfaTotpSetup,
  authMfaTotpVerify,
  authMfaTotpDisable,
  authMfaBackupCodesRegenerate,
  authMfaSmsSetup,
  authMfaSmsVerify,
  authMfaSmsDisable,
  authMfaChallenge,
  authMfaSendChallenge,
  authMfaChallengeOptions,
  authStepUp,
  authStepUpOptions,
  authPhoneVerify,
  authPasskeysList,
  authPasskeysOptions,
  authPasskeysCreate,
  authPasskeysUpdate,
  authPasskeysDelete,
  authPasskeyOptions,
  authPasskeyLogin,
  authDevicesList,
  authDevicesRevoke,
  usersResetMfa,
];

export const events = {
  'auth.mfa_enabled': 'A person set up a second factor',
  'auth.mfa_disabled': 'A person removed a second factor',
  'auth.mfa_reset': 'All second factors were taken from a person who had lost them',
  'auth.passkey_added': 'A person added a passkey',
  'auth.passkey_removed': 'A person removed a passkey',
};
