import { z } from 'zod';
import type { PolicySet, Ruling, TestReport } from './engine/index.ts';

const Json = z.json();
const Ruled = z.object({ rule: z.string(), text: z.string() });

export const RefusalView = z.object({
  rule: z.string().meta({ help: '`set/policy`' }),
  text: z.string(),
  slug: z.string().meta({ help: 'The problem that a caller gets' }),
  extras: z.record(z.string(), Json).optional(),
});
const TraceView = z.object({
  expression: z.enum(['when', 'unless', 'messageExpr', 'approval']),
  source: z.string(),
  start: z.int().meta({ help: 'Where it stands in the whole expression, counted from 0' }),
  end: z.int(),
  value: Json.optional(),
  error: z.string().optional(),
  resource: z.string().optional().meta({ help: 'Id of the resource it was asked for' }),
});
const MatchView = z.object({
  policy: z.string().meta({ help: '`set/policy`' }),
  type: z.string(),
  version: z.string(),
  layer: z.enum(['platform', 'tenant', 'team']),
  severity: z.string(),
  enforcement: z.enum(['enforce', 'warn', 'audit']),
  effect: z.string().meta({ help: 'allow, warn, require, deny; none: it asks nothing now; exempt, emergency: it was set aside' }),
  text: z.string(),
  exemption: z.string().optional(),
  trace: z.array(TraceView).optional().meta({ help: 'The value of every part of its expressions' }),
});
const RequirementView = z.object({
  rule: z.string(),
  text: z.string(),
  need: Json.meta({ help: 'A tree of all, any and leaves: who must agree, and how many' }),
  distinct: z.boolean().optional(),
  expiresInSeconds: z.number().optional(),
  sla: Json.optional(),
});
const ErrorView = z.object({ policy: z.string(), message: z.string(), outcome: z.enum(['denied', 'ignored']) });

/** A ruling on any surface. */
export const RulingView = z.object({
  effect: z.enum(['allow', 'warn', 'require', 'deny']),
  denied: RefusalView.nullable(),
  refusals: z.array(RefusalView),
  unmet: z.array(RefusalView).meta({ help: 'What the caller has still to bring: a comment, a ticket, a proof, a dry run' }),
  requirements: z.array(RequirementView),
  warnings: z.array(Ruled),
  matched: z.array(MatchView),
  errors: z.array(ErrorView),
});
type Seen = Pick<Ruling, 'effect' | 'refusals' | 'unmet' | 'requirements' | 'warnings' | 'errors'> & {
  denied?: Ruling['denied'];
  matched: readonly object[];
};

export const rulingView = ({ effect, denied, refusals, unmet, requirements, warnings, matched, errors }: Seen): z.input<typeof RulingView> =>
  ({ effect, denied: denied ?? null, refusals, unmet, requirements, warnings, matched, errors }) as unknown as z.input<typeof RulingView>;

export const TestReportView = z.object({
  passed: z.boolean(),
  required: z.boolean().meta({ help: 'Every rule needs a test that fits and one that does not' }),
  results: z.array(z.object({ name: z.string(), pointer: z.string(), passed: z.boolean(), failures: z.array(z.string()), effect: z.string() })),
  uncovered: z.array(z.object({ policy: z.string(), missing: z.enum(['matching', 'not-matching']) })),
});
export const testReport = (
  { requireTests }: Pick<PolicySet, 'requireTests'>,
  { passed, results, uncovered }: TestReport,
): z.input<typeof TestReportView> => ({
  passed,
  required: requireTests,
  results: results.map(({ name, pointer, passed: good, failures, ruling }) => ({ name, pointer, passed: good, failures, effect: ruling.effect })),
  uncovered,
});
