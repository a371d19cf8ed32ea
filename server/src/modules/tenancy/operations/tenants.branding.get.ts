import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { branding, Branding } from '../branding/schemas.ts';
import { readBranding } from '../branding/store.ts';
import { tenantId } from '../schemas.ts';

export const tenantsBrandingGet = defineOperation({
  name: 'tenants.branding.get',
  summary: 'Show how a tenant presents itself',
  permission: 'branding:read',
  risk: 'read',
  route: { method: 'GET', path: '/tenants/{id}/branding' },
  tenantField: 'id',
  input: z.object({ id: tenantId }),
  output: Branding,
  targets: 'none',
  run: async (ctx) => branding(await readBranding(ctx)),
});
