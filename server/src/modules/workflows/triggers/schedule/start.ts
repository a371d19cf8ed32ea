import { and, eq, inArray, lt } from 'drizzle-orm';
import type { Database } from '#kernel/database.ts';
import { asProblem } from '#kernel/problem.ts';
import type { Accepted } from '../../providers/port.ts';
import { workflowTriggers, type TriggerRow } from '../../tables.ts';
import { ScheduleTrigger } from '../config.ts';
import { cancelOpen, heldTrigger, isPassing, launch, NotStarted, openOf, principalOf, type LaunchDeps } from '../launch.ts';
import { workflowDues, type DueRow } from '../tables.ts';

const AGAIN_MS = 1_000;
/** After so long a due time whose start was put off again and again is given up. */
const GIVE_UP_MS = 24 * 3_600_000;

const place = ({ tenantId, id }: DueRow) => and(eq(workflowDues.tenantId, tenantId), eq(workflowDues.id, id));
const settle = (db: Database, due: DueRow, now: Date, said: Partial<DueRow>) =>
  db.update(workflowDues).set({ ...said, updatedAt: now }).where(place(due)); // prettier-ignore

interface Outcome {
  accepted?: Accepted;
  /** Executions that were asked to stop. */
  stopped?: string[];
}

/** An earlier due time of the trigger waits for its turn. */
async function isBehind(db: Database, due: DueRow): Promise<boolean> {
  const { tenantId, triggerId, state, dueAt } = workflowDues;
  const earlier = and(eq(tenantId, due.tenantId), eq(triggerId, due.triggerId), inArray(state, ['waiting', 'queued']), lt(dueAt, due.dueAt));
  const [found] = await db.select({ id: workflowDues.id }).from(workflowDues).where(earlier).limit(1);
  return found !== undefined;
}

/** What the former run means for this one; undefined when it may start. */
async function overlap(db: Database, due: DueRow, row: TriggerRow, now: Date): Promise<'skipped' | 'queued' | undefined> {
  const { overlap: mode } = ScheduleTrigger.parse(row.config);
  if (mode === 'allow' || mode === 'cancel_previous') return undefined;
  const busy = (await openOf(db, row)).length > 0;
  if (!busy && !(mode === 'queue' && (await isBehind(db, due)))) return undefined;
  const skipped = mode === 'skip' || now.getTime() - due.dueAt.getTime() > GIVE_UP_MS;
  const said = skipped ? { state: 'skipped' as const, reason: 'The former run had not ended.' } : { state: 'queued' as const, startAt: new Date(now.getTime() + AGAIN_MS) }; // prettier-ignore
  await settle(db, due, now, said);
  return said.state;
}

/** One due time, in one transaction: the row says what became of it if and only if it became so. */
async function startIn(deps: LaunchDeps, db: Database, due: DueRow, principal: Awaited<ReturnType<typeof principalOf>>): Promise<Outcome> {
  const now = deps.now();
  const row = await heldTrigger(db, due);
  const [mine] = await db.select().from(workflowDues).where(and(place(due), inArray(workflowDues.state, ['waiting', 'queued']))).for('update'); // prettier-ignore
  if (!mine || (await overlap(db, mine, row, now))) return {};
  const stopped = ScheduleTrigger.parse(row.config).overlap === 'cancel_previous' ? await cancelOpen(db, row) : [];
  const payload = { kind: 'schedule', scheduledAt: due.dueAt.toISOString() };
  const accepted = await launch(deps, db, row, principal, { kind: 'schedule', payload, dedupeKey: `due:${due.id}` });
  await settle(db, due, now, { state: 'started', executionId: accepted.executionId, reason: null });
  return { accepted, stopped };
}

/** What could not be started is put off, or given up with the reason. */
async function notStarted({ databases, now, onError }: LaunchDeps, due: DueRow, error: unknown): Promise<void> {
  const at = now();
  const passing = isPassing(error) && at.getTime() - due.dueAt.getTime() < GIVE_UP_MS;
  const problem = asProblem(error);
  if (!(error instanceof NotStarted) && problem.slug === 'internal') onError(error as Error);
  const reason = error instanceof NotStarted ? error.message : problem.message;
  const said = passing ? { startAt: new Date(at.getTime() + 15_000), reason } : { state: 'failed' as const, reason };
  await databases.tenant({ tenantId: due.tenantId, operation: 'schedules.start' }, (db) => settle(db, due, at, said));
}

/** Starts what a due time stands for, once, whoever else tries. */
export async function startDue(deps: LaunchDeps, due: DueRow): Promise<void> {
  const { databases, engine } = deps;
  const { tenantId } = due;
  try {
    const row = await databases.tenant({ tenantId, operation: 'schedules.look', readOnly: true }, (db) => triggerOf(db, due));
    const principal = await principalOf(deps, row);
    const { accepted, stopped = [] } = await databases.tenant({ tenantId, operation: 'schedules.start' }, (db) => startIn(deps, db, due, principal));
    for (const id of stopped) engine().nudge(id);
    if (accepted) engine().begin(accepted);
  } catch (error) {
    await notStarted(deps, due, error);
  }
}

async function triggerOf(db: Database, due: DueRow): Promise<TriggerRow> {
  const [row] = await db.select().from(workflowTriggers).where(and(eq(workflowTriggers.tenantId, due.tenantId), eq(workflowTriggers.id, due.triggerId)));
  if (!row) throw new NotStarted('The trigger is gone.');
  return row;
} // prettier-ignore
