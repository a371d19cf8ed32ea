import type { Actor } from '#kernel/context.ts';
import type { Database } from '#kernel/database.ts';
import { and, eq, inArray, lt } from '#kernel/drizzle.ts';
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
async function overlap(db: Database, due: DueRow, row: TriggerRow, now: Date): Promise<'skipped' | 'later' | undefined> {
  const { overlap: mode } = ScheduleTrigger.parse(row.config);
  const later = (state: DueRow['state']) => settle(db, due, now, { state, startAt: new Date(now.getTime() + AGAIN_MS) }).then(() => 'later' as const);
  if (mode === 'allow' || mode === 'cancel_previous') return undefined;
  // Several processes may have due times of one schedule in hand: the oldest is looked at first.
  if (await isBehind(db, due)) return later(due.state);
  if ((await openOf(db, row)).length === 0) return undefined;
  if (mode === 'queue' && now.getTime() - due.dueAt.getTime() <= GIVE_UP_MS) return later('queued');
  await settle(db, due, now, { state: 'skipped', reason: 'The former run had not ended.' });
  return 'skipped';
}

/** One due time, in one transaction: the row says what became of it if and only if it became so. */
async function startIn(deps: LaunchDeps, db: Database, due: DueRow, principal: Actor): Promise<Outcome> {
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

/** The trigger and the account that it starts its workflow as. Throws NotStarted. */
async function startersOf(deps: LaunchDeps, { tenantId, triggerId }: DueRow): Promise<Actor> {
  const row = await deps.databases.tenant({ tenantId, operation: 'schedules.look', readOnly: true }, async (db) => {
    const mine = and(eq(workflowTriggers.tenantId, tenantId), eq(workflowTriggers.id, triggerId));
    return (await db.select().from(workflowTriggers).where(mine))[0];
  });
  if (!row) throw new NotStarted('The trigger is gone.');
  return principalOf(deps, row);
}

/** Starts what due times of one trigger stand for, oldest first, each once, whoever else tries. */
export async function startDues(deps: LaunchDeps, dues: readonly DueRow[]): Promise<void> {
  const { databases, engine } = deps;
  const principal = startersOf(deps, dues[0]!);
  principal.catch(() => undefined);
  for (const due of dues) {
    try {
      const actor = await principal;
      const { accepted, stopped = [] } = await databases.tenant({ tenantId: due.tenantId, operation: 'schedules.start' }, (db) =>
        startIn(deps, db, due, actor),
      );
      for (const id of stopped) engine().nudge(id);
      if (!accepted) continue;
      deps.late?.(Math.max(0, deps.now().getTime() - due.startAt.getTime()) / 1_000);
      engine().begin(accepted);
    } catch (error) {
      await notStarted(deps, due, error);
    }
  }
}
