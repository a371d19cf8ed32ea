import { z } from 'zod';

const Ruled = z.object({ rule: z.string().meta({ help: '`set/policy`' }), text: z.string() });
const Refusal = Ruled.extend({
  slug: z.string().meta({ help: 'The problem that the caller got' }),
  extras: z.record(z.string(), z.json()).optional(),
});

/** What rules said in a decision. */
export const PolicyView = z.object({
  phase: z.enum(['request', 'plan', 'apply']).meta({ help: 'How far the call came' }),
  effect: z.enum(['allow', 'warn', 'require', 'deny']),
  denied: Refusal.nullable(),
  unmet: z.array(Refusal),
  requirements: z.array(Ruled),
  warnings: z.array(Ruled),
  matched: z.array(
    z.object({
      policy: z.string(),
      type: z.string(),
      version: z.string(),
      layer: z.string(),
      enforcement: z.string(),
      effect: z.string(),
      text: z.string(),
      exemption: z.string().optional(),
    }),
  ),
  failed: z.array(z.string()).meta({ help: 'Rules that could not be evaluated' }),
});
export type PolicyView = z.infer<typeof PolicyView>;
