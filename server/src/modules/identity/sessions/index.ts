import { authLogin } from '../operations/auth.login.ts';
import { authLogout } from '../operations/auth.logout.ts';
import { authMe } from '../operations/auth.me.ts';
import { authRefresh } from '../operations/auth.refresh.ts';
import { authSession } from '../operations/auth.session.ts';
import { authSessionsList } from '../operations/auth.sessions.list.ts';
import { authSessionsRevoke } from '../operations/auth.sessions.revoke.ts';
import { authSessionsRevokeOthers } from '../operations/auth.sessions.revokeOthers.ts';
import { authSwitchTenant } from '../operations/auth.switchTenant.ts';
import { authToken } from '../operations/auth.token.ts';
import { sessionsRevoke } from '../operations/sessions.revoke.ts';
import { usersSessionsRevoke } from '../operations/users.sessions.revoke.ts';
import './problems.ts';

export {
  authLogin,
  authLogout,
  authMe,
  authRefresh,
  authSession,
  authSessionsList,
  authSessionsRevoke,
  authSessionsRevokeOthers,
  authSwitchTenant,
  authToken,
  sessionsRevoke,
  usersSessionsRevoke,
};

export const operations = [
  authLogin,
  authToken,
  authRefresh,
  authLogout,
  authSession,
  authSwitchTenant,
  authMe,
  authSessionsList,
  authSessionsRevoke,
  authSessionsRevokeOthers,
  sessionsRevoke,
  usersSessionsRevoke,
];

export { events } from './announce.ts';
