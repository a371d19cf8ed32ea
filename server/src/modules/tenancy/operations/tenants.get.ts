import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Tenant, tenant, tenantId } from '../schemas.ts';
import { ownTenant } from '../own.ts';

export const tenantsGet = defineOperation({
  name: 'tenants.get',
  summary: 'Show a tenant',
  permission: 'tenants:read',
  risk: 'read',
  tenantField: 'id',
  input: z.object({ id: tenantId }),
  output: Tenant,
  targets: 'none',
  run: async (ctx) => tenant(await ownTenant(ctx)),
});
