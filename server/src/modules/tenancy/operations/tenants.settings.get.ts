import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { tenantId } from '../schemas.ts';
import { readSettings, settingsView, SettingsView } from '../settings/store.ts';

export const tenantsSettingsGet = defineOperation({
  name: 'tenants.settings.get',
  summary: 'Show the settings of a tenant',
  permission: 'tenants:read',
  risk: 'read',
  route: { method: 'GET', path: '/tenants/{id}/settings' },
  tenantField: 'id',
  input: z.object({ id: tenantId }),
  output: SettingsView,
  targets: 'none',
  run: async (ctx) => settingsView(await readSettings(ctx)),
});
