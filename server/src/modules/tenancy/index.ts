import { defineModule } from '#kernel/module.ts';
import { membersGet } from './operations/members.get.ts';
import { membersList } from './operations/members.list.ts';
import { tenantsGet } from './operations/tenants.get.ts';
import { tenantsList } from './operations/tenants.list.ts';
import './problems.ts';

export { membersGet, membersList, tenantsGet, tenantsList };

export const tenancy = defineModule({
  name: 'tenancy',
  after: ['identity'],
  migrations: new URL('./migrations/', import.meta.url),
  operations: [tenantsList, tenantsGet, membersList, membersGet],
});
