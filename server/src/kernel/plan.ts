import { z } from 'zod';

/** Integer minor units with an ISO 4217 currency: `{ amount: 400, currency: 'EUR' }` is 4.00 EUR. */
export const Money = z.object({ amount: z.int(), currency: z.string().length(3) });
export type Money = z.infer<typeof Money>;

/** Something that the work would get in the way of: another open Change on the same targets, or a span of a calendar such as a freeze. */
export const Conflict = z.object({
  kind: z.enum(['change', 'calendar']),
  id: z.string().nullable(),
  /** Number of the Change, or name of the calendar. */
  name: z.string(),
  operation: z.string().nullable(),
  state: z.string().nullable(),
  /** Names of the targets that both concern. */
  targets: z.array(z.string()),
  from: z.string(),
  until: z.string().nullable(),
});
export type Conflict = z.infer<typeof Conflict>;

/**
 * What an Operation would do, before it does it. Everything a person or a policy decides on is in here;
 * the Change's `planHash` covers it, so a different plan is a different decision.
 */
export const Plan = z.object({
  summary: z.string(),
  /** Raises the declared risk, never lowers it. */
  risk: z.enum(['write', 'high']).optional(),
  steps: z.array(z.object({ title: z.string(), seconds: z.number().optional() })).default([]),
  changes: z
    .array(
      z.object({
        action: z.enum(['create', 'update', 'delete', 'none']),
        type: z.string(),
        id: z.string().optional(),
        name: z.string(),
        fields: z.array(z.object({ path: z.string(), before: z.json().optional(), after: z.json().optional() })).default([]),
      }),
    )
    .default([]),
  downtime: z.object({ kind: z.enum(['none', 'restart', 'outage']), seconds: z.number() }).default({ kind: 'none', seconds: 0 }),
  /** What is lost for good, in words; null when nothing is. */
  dataLoss: z.string().nullable().default(null),
  /** How it can be undone; null when it cannot. */
  reversible: z.string().nullable().default(null),
  /** Per month. */
  cost: z.object({ before: Money, after: Money, exact: z.boolean() }).nullable().default(null),
  quota: z.array(z.object({ name: z.string(), limit: z.number().nullable(), before: z.number(), after: z.number() })).default([]),
  warnings: z.array(z.string()).default([]),
  /** Found by the Gate when the plan is made; operations leave it out. */
  conflicts: z.array(Conflict).default([]),
  /** Facts for policies, e.g. `costDeltaMonthly`. */
  facts: z.record(z.string(), z.json()).default({}),
  /** Versions of what was looked at; if one differs at apply time the Change is `stale`. */
  observed: z.record(z.string(), z.string()).default({}),
});
export type Plan = z.input<typeof Plan>;
export type FullPlan = z.output<typeof Plan>;
