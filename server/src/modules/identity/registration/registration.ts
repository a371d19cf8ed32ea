import { createAlarms } from './alarms.ts';
import type { RegistrationDeps } from './deps.ts';
import type { Registration } from './port.ts';
import { createForgot, createReset } from './reset.ts';
import { createSignUp } from './signup.ts';
import { createResend, createVerify } from './verify.ts';

/** The adapter of the Registration port on schema `auth`. */
export const createRegistration = (deps: RegistrationDeps): Registration => ({
  signUp: createSignUp(deps),
  verify: createVerify(deps),
  resend: createResend(deps),
  forgot: createForgot(deps),
  reset: createReset(deps),
  ...createAlarms(deps),
});
