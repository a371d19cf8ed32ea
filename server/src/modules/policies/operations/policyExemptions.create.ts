import { z } from 'zod';
import { newId } from '#kernel/ids.ts';
import { defineOperation } from '#kernel/operation.ts';
import { exemptionView, ExemptionView, MAX_DAYS, requireEnd, requireOverridable } from '../exemptions.ts';
import { Policies } from '../providers/port.ts';
import { actorBy } from '../store.ts';
import { policyExemptions } from '../tables.ts';

const Rule = z.string().regex(/^[a-z][a-z0-9-]{0,62}\/[a-z][a-z0-9-]{1,62}$/, 'set/policy');

export const policyExemptionsCreate = defineOperation({
  name: 'policyExemptions.create',
  summary: 'Take people or resources out of rules for a while',
  description: `A second person has to agree. Only rules of sets that say \`overridable: true\` allow it, for ${MAX_DAYS} days at most. Decisions and reports name it.`,
  permission: 'policies:exempt',
  risk: 'high',
  input: z.object({
    policies: z.array(Rule).min(1).max(20).meta({ title: 'Rules', help: 'Each as set/policy', examples: [['production-guardrails/why-high']] }),
    users: z.array(z.uuid()).min(1).max(100).optional().meta({ title: 'People', help: 'Everybody when left out', widget: 'members' }),
    resources: z.array(z.string().min(1).max(200)).min(1).max(100).optional().meta({ title: 'Resources', help: 'Ids; all when left out' }),
    reason: z.string().trim().min(10).max(1_000).meta({ title: 'Reason', widget: 'textarea' }),
    validUntil: z.iso.datetime({ offset: true }).meta({ title: 'Until', help: `Within ${MAX_DAYS} days` }),
  }),
  output: ExemptionView,
  targets: () => [{ type: 'policyExemption', id: 'new' }],
  async plan(ctx, { policies, users, resources, reason, validUntil }) {
    requireEnd(new Date(validUntil), ctx.now());
    await requireOverridable(ctx, policies);
    const whom = [users ? `${users.length} people` : 'everybody', resources ? `${resources.length} resources` : 'everything'].join(' on ');
    return {
      summary: `Exempt ${whom} from ${policies.join(', ')} until ${validUntil}`,
      changes: [{ action: 'create', type: 'policyExemption', name: policies.join(', '), fields: [{ path: 'reason', after: reason }] }],
      reversible: 'Revoke the exemption.',
      warnings: users === undefined && resources === undefined ? ['It holds for everybody and everything.'] : [],
    };
  },
  async run(ctx, { policies, users, resources, reason, validUntil }) {
    const until = new Date(validUntil);
    requireEnd(until, ctx.now());
    await requireOverridable(ctx, policies);
    const row = { tenantId: ctx.tenantId, id: newId(), policies, users: users ?? null, resources: resources ?? null, reason, validUntil: until };
    const made = { ...row, changeId: ctx.changeId, createdBy: actorBy(ctx), createdAt: ctx.now(), updatedAt: ctx.now() };
    const [saved] = await ctx.db.insert(policyExemptions).values(made).returning();
    ctx.provider(Policies).changing(ctx.tenantId);
    ctx.emit('policy.exempted', { exemptionId: row.id, policies, users: users ?? null, resources: resources ?? null, reason, until: until.toISOString(), by: ctx.actor.id });
    return exemptionView(saved!, ctx.now());
  },
}); // prettier-ignore
