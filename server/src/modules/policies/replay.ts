import { z } from 'zod';
import type { Database } from '#kernel/database.ts';
import { and, asc, eq, gt, gte, lt, sql } from '#kernel/drizzle.ts';
import type { Bundle } from './bundle.ts';
import type { Phase } from './engine/index.ts';
import { isSameOutcome, keep, outcomeOf, together, type KeptRuling, type PolicyOutcome } from './kept.ts';
import type { Policies } from './providers/port.ts';
import { policyDecisions, type DecisionRow } from './tables.ts';

const PAGE = 500;

const OutcomeView = z.object({
  refused: z.string().nullable().meta({ help: 'Slug of the problem; null when it was let through' }),
  rule: z.string().nullable(),
  approvals: z.array(z.object({ rule: z.string(), need: z.json() })),
});
const Example = z.object({
  decisionId: z.uuid(),
  at: z.iso.datetime(),
  operation: z.string(),
  actorId: z.string(),
  before: OutcomeView,
  after: OutcomeView,
});
const Found = z.object({ count: z.int(), examples: z.array(Example) });

export const ReplayResult = z.object({
  set: z.object({ name: z.string(), version: z.string() }),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  recorded: z.int().meta({ help: 'Decisions in that time' }),
  replayed: z.int(),
  same: z.int(),
  newlyDenied: Found,
  newlyAllowed: Found,
  changedApprovals: Found,
  undecided: z.int().meta({ help: 'A rule failed on them, for instance because it asks for a fact that was not kept' }),
});
export type ReplayResult = z.input<typeof ReplayResult>;

export interface Span {
  tenantId: string;
  from: Date;
  to: Date;
  operation?: string | undefined;
  /** Of a hundred; which ones depends on their ids alone, so that the same sample is drawn again. */
  percent: number;
}

const within = ({ tenantId, from, to, operation }: Span) =>
  and(
    eq(policyDecisions.tenantId, tenantId),
    gte(policyDecisions.at, from),
    lt(policyDecisions.at, to),
    operation === undefined ? undefined : eq(policyDecisions.operation, operation),
  );

export async function recordedIn(db: Database, span: Span): Promise<number> {
  const [row] = await db.select({ count: sql<number>`count(*)::int` }).from(policyDecisions).where(within(span)); // prettier-ignore
  return row!.count;
}

export const pageAfter = (db: Database, span: Span, after: string | undefined): Promise<DecisionRow[]> =>
  db
    .select()
    .from(policyDecisions)
    .where(
      and(
        within(span),
        after === undefined ? undefined : gt(policyDecisions.id, after),
        span.percent >= 100 ? undefined : sql`abs(hashtext(${policyDecisions.decisionId}::text)) % 100 < ${span.percent}`,
      ),
    )
    .orderBy(asc(policyDecisions.id))
    .limit(PAGE);

const PHASES: Record<Phase, readonly Phase[]> = { request: ['request'], plan: ['request', 'plan'], apply: ['request', 'plan', 'apply'] };

/** What the same facts come to under other rules. What was counted then is not counted again: limits are left as they were found. */
export async function again(policies: Policies, bundle: Bundle, { facts, phase, operation, risk, ruling }: DecisionRow): Promise<KeptRuling> {
  const said: KeptRuling[] = [];
  // The recorded exemptions and calendars: those of today were not there.
  const then = { ...facts, operation: { ...facts.operation, risk } };
  for (const one of PHASES[phase]) {
    if (!bundle.concerns(one, operation, risk)) continue;
    const { plan: _, ...unplanned } = then;
    const asked = one === 'request' && phase !== 'request' ? unplanned : then;
    said.push(keep(await policies.evaluate(bundle, asked, one)));
  }
  const now = together(said);
  const isLimited = ruling.denied?.extras?.['scope'] === 'policy';
  return isLimited && !now.denied ? { ...now, effect: 'deny', denied: ruling.denied! } : now;
}

const MENDABLE: ReadonlySet<string> = new Set(['comment-required', 'ticket-required', 'step-up-required', 'dry-run-required']);
/** A dry run is never refused for what only the call itself must bring. */
const forDryRun = (kept: KeptRuling, dryRun: boolean): KeptRuling =>
  dryRun ? { ...kept, unmet: kept.unmet.filter(({ slug }) => !MENDABLE.has(slug)) } : kept;

export type Change = 'same' | 'newlyDenied' | 'newlyAllowed' | 'changedApprovals';

export function compared(row: DecisionRow, after: KeptRuling): { change: Change; before: PolicyOutcome; after: PolicyOutcome } {
  const [old, now] = [outcomeOf(row.ruling), outcomeOf(forDryRun(after, row.dryRun))];
  if (old.refused === null && now.refused !== null) return { change: 'newlyDenied', before: old, after: now };
  if (old.refused !== null && now.refused === null) return { change: 'newlyAllowed', before: old, after: now };
  if (old.refused === null && !isSameOutcome(old, now)) return { change: 'changedApprovals', before: old, after: now };
  return { change: 'same', before: old, after: now };
}
