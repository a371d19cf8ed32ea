import { z } from 'zod';
import { eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { tenantId } from '../schemas.ts';
import { editOf, settingsView, SettingsView } from '../settings/store.ts';
import { tenantSettings } from '../tables.ts';

const group = (title: string) =>
  z.record(z.string().max(50), z.json()).optional().meta({ title, help: 'Only what changes; null brings the default back' });

export const tenantsSettingsUpdate = defineOperation({
  name: 'tenants.settings.update',
  summary: 'Change the settings of a tenant',
  description:
    'A merge patch (RFC 7396) by group. What decides who gets in, what is kept, who may see it and how often approvals may be skipped is of high risk. A list of networks that would keep you out is refused.',
  permission: 'tenants:update',
  risk: 'write',
  route: { method: 'PATCH', path: '/tenants/{id}/settings' },
  tenantField: 'id',
  input: z.object({
    id: tenantId,
    security: group('Security'),
    notifications: group('Notifications'),
    defaults: group('Defaults'),
    data: group('Data'),
    ai: group('AI'),
    agents: group('Agents'),
    changes: group('Changes'),
    version: z.int().optional().meta({ title: 'Version', help: 'The one you have seen', widget: 'hidden' }),
  }),
  output: SettingsView,
  targets: 'none',
  async plan(ctx, { id, ...patch }) {
    const { before, changed, risky } = await editOf(ctx, patch);
    return {
      summary: changed.length === 0 ? 'Change no setting' : `Change ${changed.map(({ path }) => path).join(', ')}`,
      ...(risky ? { risk: 'high' as const } : {}),
      changes: [{ action: changed.length === 0 ? 'none' : 'update', type: 'settings', id, name: 'Settings', fields: changed as never }],
      observed: { settings: String(before.version) },
      reversible: 'Change it back.',
    };
  },
  async run(ctx, { id: _id, ...patch }) {
    const { before, after, changed } = await editOf(ctx, patch, true);
    if (changed.length === 0) return settingsView(before);
    const at = ctx.now();
    const mfaSince = after.security.mfa === 'required' ? (before.mfaSince ?? at) : null;
    const stored = { value: after, mfaSince, version: before.version + 1 };
    await ctx.db
      .update(tenantSettings)
      .set({ ...stored, updatedAt: at })
      .where(eq(tenantSettings.tenantId, ctx.tenantId));
    ctx.emit('tenant.updated', { tenantId: ctx.tenantId, fields: changed.map(({ path }) => path) });
    return settingsView(stored);
  },
});
