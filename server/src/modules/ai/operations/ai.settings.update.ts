import { z } from 'zod';
import { PURPOSES } from '#kernel/ai.ts';
import type { ReadContext } from '#kernel/context.ts';
import { newId } from '#kernel/ids.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { entriesOf } from '../models.ts';
import { ModelId, providerFields, SettingsView } from '../schemas.ts';
import { lockTenant, settingsOf, type AiSettings } from '../store.ts';
import { PROVIDER_KINDS, settings } from '../tables.ts';

const purpose = (title: string) => ModelId.nullable().optional().meta({ title });
const input = z.object({
  defaults: z
    .strictObject({ agent: purpose('Agents'), planner: purpose('Planners'), llm: purpose('Texts'), generation: purpose('Making workflows'), embedding: purpose('Vectors') })
    .optional()
    .meta({ title: 'Models', help: 'What is left out stays as it is' }),
  forbiddenKinds: z.array(z.enum(PROVIDER_KINDS)).max(PROVIDER_KINDS.length).optional().meta({ title: 'Forbidden providers' }),
  regions: z.array(providerFields.region).max(20).optional().meta({ title: 'Allowed regions', help: 'All when empty' }),
  budgetsRequired: z.boolean().optional().meta({ title: 'Agents need a budget', help: 'Of tokens or money, their own or that of their workflow; otherwise it is not published' }),
}); // prettier-ignore

const merged = (before: AiSettings, { defaults = {}, forbiddenKinds, regions, budgetsRequired }: z.output<typeof input>): AiSettings => ({
  ...before,
  defaults: { ...before.defaults, ...Object.fromEntries(Object.entries(defaults).filter(([, id]) => id !== undefined)) },
  forbiddenKinds: forbiddenKinds ?? before.forbiddenKinds,
  regions: regions ?? before.regions,
  budgetsRequired: budgetsRequired ?? before.budgetsRequired,
});

/** A default is a model that is there and does what the purpose is. */
async function requireModels(ctx: Pick<ReadContext, 'db' | 'tenantId'>, { defaults = {} }: z.output<typeof input>): Promise<void> {
  const { entries } = await entriesOf(ctx);
  const errors = PURPOSES.flatMap((one) => {
    const id = defaults[one];
    if (id === undefined || id === null) return [];
    const kind = entries.find(({ view, provider }) => view.id === id && provider)?.view.kind;
    const wanted = one === 'embedding' ? 'embedding' : 'chat';
    return kind === wanted ? [] : [{ pointer: `/defaults/${one}`, message: kind ? `"${id}" is a model for ${kind}` : `There is no model "${id}"` }];
  });
  if (errors.length > 0) throw new Problem('ai-model-unknown', `${errors[0]!.message}. List the models with ai.models.list.`, { errors });
}

export const aiSettingsUpdate = defineOperation({
  name: 'ai.settings.update',
  summary: 'Choose the model of each purpose, and what is forbidden or required',
  description: 'What a call names itself goes before these; what is forbidden is forbidden to all. In force with the next call.',
  permission: 'ai:manage',
  risk: 'write',
  route: { method: 'PATCH', path: '/ai/settings' },
  input,
  output: SettingsView,
  targets: 'none',
  async plan(ctx, wish) {
    await requireModels(ctx, wish);
    const before = await settingsOf(ctx);
    const after = merged(before, wish);
    const fields = [
      ...PURPOSES.map((one) => ({ path: `defaults.${one}`, before: before.defaults[one], after: after.defaults[one] })),
      { path: 'forbiddenKinds', before: before.forbiddenKinds, after: after.forbiddenKinds },
      { path: 'regions', before: before.regions, after: after.regions },
      { path: 'budgetsRequired', before: before.budgetsRequired, after: after.budgetsRequired },
    ].filter((field) => JSON.stringify(field.before) !== JSON.stringify(field.after));
    return {
      summary: 'Change which models are used',
      changes: [{ action: 'update', type: 'aiSettings', name: 'Models', fields }],
      reversible: 'Change it back.',
      observed: { aiSettings: String(before.version) },
    };
  },
  async run(ctx, wish) {
    await requireModels(ctx, wish);
    await lockTenant(ctx, 'settings');
    const before = await settingsOf(ctx);
    const after = { ...merged(before, wish), version: before.version + 1 };
    const set = {
      ...after,
      defaults: Object.fromEntries(Object.entries(after.defaults).filter(([, id]) => id !== null)),
      updatedAt: ctx.now(),
    } as never;
    await ctx.db
      .insert(settings)
      .values({ tenantId: ctx.tenantId, id: newId(), createdAt: ctx.now(), ...(set as object) })
      .onConflictDoUpdate({ target: [settings.tenantId], set });
    ctx.emit('ai.settings_updated', { version: after.version });
    return after;
  },
});
