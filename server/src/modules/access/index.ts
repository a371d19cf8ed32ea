import { defineModule } from '#kernel/module.ts';
import { accessExplain } from './operations/access.explain.ts';
import { accessWhoCan } from './operations/access.whoCan.ts';
import { grantsCreate } from './operations/grants.create.ts';
import { grantsList } from './operations/grants.list.ts';
import { grantsRevoke } from './operations/grants.revoke.ts';
import { permissionsList } from './operations/permissions.list.ts';
import { rolesGet } from './operations/roles.get.ts';
import { rolesList } from './operations/roles.list.ts';
import './problems.ts';
import { RightsChanged } from './providers/port.ts';

export { accessExplain, accessWhoCan, grantsCreate, grantsList, grantsRevoke, permissionsList, rolesGet, rolesList };

export const access = defineModule({
  name: 'access',
  after: ['tenancy'],
  migrations: new URL('./migrations/', import.meta.url),
  operations: [rolesList, rolesGet, permissionsList, grantsList, grantsCreate, grantsRevoke, accessExplain, accessWhoCan],
  events: {
    'grant.created': 'A person was given a role',
    'grant.revoked': 'A role was taken from a person',
  },
  on: {
    // Delivered after the commit: only now does every reader see the new rows.
    'grant.created': async (ctx) => ctx.provider(RightsChanged).changed(),
    'grant.revoked': async (ctx) => ctx.provider(RightsChanged).changed(),
  },
});
