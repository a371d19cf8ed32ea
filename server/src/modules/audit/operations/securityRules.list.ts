import { z } from 'zod';
import { eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { asSet, RULES } from '../security/rules.ts';
import { RuleView } from '../security/schemas.ts';
import { ruleSettings } from '../security/tables.ts';

export const securityRulesList = defineOperation({
  name: 'securityRules.list',
  summary: 'List the rules that raise security events',
  permission: 'securityEvents:read',
  risk: 'read',
  input: z.object({}),
  output: z.object({ items: z.array(RuleView) }),
  targets: 'none',
  async run(ctx) {
    const rows = await ctx.db.select().from(ruleSettings).where(eq(ruleSettings.tenantId, ctx.tenantId));
    const set = new Map(rows.map((row) => [row.rule, row]));
    return {
      items: RULES.map((rule) => {
        const { key, count, windowSeconds, severity, action, group, enabled } = asSet(rule, set.get(rule.key));
        return { id: key, enabled: enabled !== false, count, windowSeconds, severity, action, group, changed: set.has(key) };
      }),
    };
  },
});
