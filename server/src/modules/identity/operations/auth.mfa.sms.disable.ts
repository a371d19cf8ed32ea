import { disableOf } from '../factors/disable.ts';

export const authMfaSmsDisable = disableOf('sms', 'Remove SMS codes as a second factor');
