import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { and, eq, sql } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { asSet, RULE_ACTIONS, RULE_SEVERITIES, RULES, type Rule } from '../security/rules.ts';
import { RuleView } from '../security/schemas.ts';
import { ruleSettings, type RuleSettings } from '../security/tables.ts';

const input = z.object({
  id: z
    .string()
    .max(60)
    .meta({ title: 'Rule', examples: ['denied-burst'] }),
  enabled: z.boolean().optional().meta({ title: 'On' }),
  count: z.int().min(1).max(10_000).optional().meta({ title: 'Sightings' }),
  windowSeconds: z.int().min(60).max(86_400).optional().meta({ title: 'Within seconds' }),
  severity: z.enum(RULE_SEVERITIES).optional().meta({ title: 'Severity' }),
  action: z.enum(RULE_ACTIONS).optional().meta({ title: 'What is done', help: 'suspend: end the person’s sessions in this tenant' }),
});

type Setting = Pick<RuleSettings, 'enabled' | 'count' | 'windowSeconds' | 'severity' | 'action'>;

async function editOf(ctx: ReadContext, { id, ...wanted }: z.output<typeof input>): Promise<{ before: Rule; after: Setting }> {
  const rule = RULES.find(({ key }) => key === id);
  if (!rule) throw new Problem('security-rule-not-found', `There is no rule "${id}". securityRules.list has them all.`);
  const mine = and(eq(ruleSettings.tenantId, ctx.tenantId), eq(ruleSettings.rule, id));
  const before = asSet(rule, (await ctx.db.select().from(ruleSettings).where(mine))[0]);
  return {
    before,
    after: {
      enabled: wanted.enabled ?? before.enabled ?? true,
      count: wanted.count ?? before.count,
      windowSeconds: wanted.windowSeconds ?? before.windowSeconds,
      severity: wanted.severity ?? before.severity,
      action: wanted.action ?? before.action,
    },
  };
} // prettier-ignore

export const securityRulesUpdate = defineOperation({
  name: 'securityRules.update',
  summary: 'Set how often, how serious and with what consequence a security rule speaks up',
  permission: 'securityEvents:configure',
  risk: 'high',
  input,
  output: RuleView,
  targets: (_ctx, { id }) => [{ type: 'securityRule', id, name: id }],
  async plan(ctx, wanted) {
    const { before, after } = await editOf(ctx, wanted);
    const was = {
      enabled: before.enabled ?? true,
      count: before.count,
      windowSeconds: before.windowSeconds,
      severity: before.severity,
      action: before.action,
    };
    const fields = (Object.keys(after) as (keyof typeof after)[]).filter((path) => was[path] !== after[path]).map((path) => ({ path, before: was[path], after: after[path] })); // prettier-ignore
    return {
      summary: `Change security rule ${wanted.id}`,
      changes: [{ action: 'update', type: 'securityRule', id: wanted.id, name: wanted.id, fields }],
      reversible: 'Set it back.',
    };
  },
  async run(ctx, wanted) {
    const { before, after } = await editOf(ctx, wanted);
    await ctx.db
      .insert(ruleSettings)
      .values({ tenantId: ctx.tenantId, id: newId(), rule: wanted.id, ...after })
      .onConflictDoUpdate({ target: [ruleSettings.tenantId, ruleSettings.rule], set: { ...after, version: sql`${ruleSettings.version} + 1`, updatedAt: ctx.now() } }); // prettier-ignore
    return { id: wanted.id, ...after, group: before.group, changed: true };
  },
});
