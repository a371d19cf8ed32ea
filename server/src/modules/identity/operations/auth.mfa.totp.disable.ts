import { disableOf } from '../factors/disable.ts';

export const authMfaTotpDisable = disableOf('totp', 'Remove your authenticator app');
