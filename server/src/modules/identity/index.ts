import { defineModule } from '#kernel/module.ts';
import { apiKeysCreate } from './operations/apiKeys.create.ts';
import { apiKeysList } from './operations/apiKeys.list.ts';
import { apiKeysRevoke } from './operations/apiKeys.revoke.ts';
import { authLogin } from './operations/auth.login.ts';
import { authLogout } from './operations/auth.logout.ts';
import { authMe } from './operations/auth.me.ts';
import { authSwitchTenant } from './operations/auth.switchTenant.ts';
import { sessionsList } from './operations/sessions.list.ts';
import { sessionsRevoke } from './operations/sessions.revoke.ts';
import './problems.ts';

export { apiKeysCreate, apiKeysList, apiKeysRevoke, authLogin, authLogout, authMe, authSwitchTenant, sessionsList, sessionsRevoke };

export const identity = defineModule({
  name: 'identity',
  migrations: new URL('./migrations/', import.meta.url),
  operations: [authLogin, authLogout, authSwitchTenant, authMe, sessionsList, sessionsRevoke, apiKeysList, apiKeysCreate, apiKeysRevoke],
  events: {
    'session.revoked': 'A person ended one of their sessions',
    'apiKey.created': 'A person made an API key; the key itself is not in the event',
    'apiKey.revoked': 'A person ended an API key',
  },
});
