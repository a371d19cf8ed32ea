import { defineModule } from '#kernel/module.ts';
import * as factors from './factors/index.ts';
import { sweepFactors } from './factors/sweep.ts';
import * as local from './local/index.ts';
import { sweepFlows } from './federation/flows.ts';
import * as federation from './federation/index.ts';
import * as keys from './keys/index.ts';
import * as profile from './profile/index.ts';
import * as registration from './registration/index.ts';
import { sweepAccounts } from './registration/sweep.ts';
import * as sessions from './sessions/index.ts';
import './problems.ts';

// Each area names its own operations and events; here they only come together.
export { apiKeysCreate, apiKeysGet, apiKeysList, apiKeysRevoke, apiKeysRotate, apiKeysUpdate, serviceAccountsCreate, serviceAccountsDelete, serviceAccountsGet, serviceAccountsList, serviceAccountsUpdate } from './keys/index.ts'; // prettier-ignore
export { authLogin, authLogout, authMe, authRefresh, authSession, authSessionsList, authSessionsRevoke, authSessionsRevokeOthers, authSwitchTenant, authToken } from './sessions/index.ts'; // prettier-ignore
export { authLocalLogin } from './operations/auth.localLogin.ts';

export const identity = defineModule({
  name: 'identity',
  migrations: new URL('./migrations/', import.meta.url),
  sealed: [{ table: 'identity_providers', column: 'client_secret_sealed', field: "'client_secret'" }],
  operations: [
    ...sessions.operations,
    ...registration.operations,
    ...profile.operations,
    ...factors.operations,
    ...federation.operations,
    ...local.operations,
    ...keys.operations,
  ],
  events: {
    ...sessions.events,
    ...profile.events,
    ...factors.events,
    ...federation.events,
    ...keys.events,
  },
  on: { ...federation.on },
  schedules: [
    ...keys.schedules,
    { name: 'federation-sweep', cron: '53 * * * *', platform: sweepFlows },
    { name: 'accounts-sweep', cron: '23 * * * *', platform: sweepAccounts },
    { name: 'factors-sweep', cron: '41 * * * *', platform: sweepFactors },
  ],
});
