import { isUuid, type Database } from '#kernel/database.ts';
import { and, eq, sql } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import { scrubValue } from '#kernel/taint.ts';
import { deadlineOf, isTerminal, mayGo, numberFrom, type ChangeState } from './rules.ts';
import { weigh } from './templates/weigh.ts';
import { changeLog, changeNumbers, changes, type ChangeRow } from './tables.ts';

type Emit = (event: `${string}.${string}`, payload: Record<string, unknown>) => void;
export interface Place {
  db: Database;
  tenantId: string;
  now: () => Date;
  emit: Emit;
}

export const notFound = (id: string): Problem => new Problem('change-not-found', `There is no Change "${id.slice(0, 64)}" in this tenant.`);

/** By id or by number (`CHG-12`); `lock` holds it until the transaction ends. */
export async function findChange(db: Database, tenantId: string, idOrNumber: string, lock = false): Promise<ChangeRow> {
  const number = numberFrom(idOrNumber);
  if (number === undefined && !isUuid(idOrNumber)) throw notFound(idOrNumber);
  const key = number === undefined ? eq(changes.id, idOrNumber) : eq(changes.number, number);
  const query = db
    .select()
    .from(changes)
    .where(and(eq(changes.tenantId, tenantId), key));
  const [row] = await (lock ? query.for('update') : query);
  if (!row) throw notFound(idOrNumber);
  return row;
}

export async function nextNumber(db: Database, tenantId: string): Promise<number> {
  const [row] = await db
    .insert(changeNumbers)
    .values({ tenantId, last: 1 })
    .onConflictDoUpdate({ target: changeNumbers.tenantId, set: { last: sql`${changeNumbers.last} + 1` } })
    .returning();
  return row!.last;
}

/** One line of the live log. */
export async function appendLog(
  db: Database,
  tenantId: string,
  changeId: string,
  event: 'state' | 'step' | 'progress' | 'log',
  data: Record<string, unknown>,
): Promise<void> {
  await db.insert(changeLog).values({ tenantId, id: newId(), changeId, event, data: scrubValue(data, tenantId) });
}

/** What a handler or an outside system worded may hold a secret's value. */
function clean(patch: Partial<ChangeRow>, tenantId: string): Partial<ChangeRow> {
  const { outcome, problem, message, ...rest } = patch;
  const worded = Object.entries({ outcome, problem, message }).filter(([, value]) => value !== undefined);
  return { ...rest, ...scrubValue(Object.fromEntries(worded), tenantId) };
}

const whyHeld = (to: ChangeState, { message }: Partial<ChangeRow>) => (to === 'paused' ? { reason: message ?? null } : {});

/** The only way in which a Change gets from one state to another: checks the step, sets its deadline, logs and announces it. */
export async function transition(
  { db, tenantId, now, emit }: Place,
  row: ChangeRow,
  to: ChangeState,
  patch: Partial<ChangeRow> = {},
): Promise<ChangeRow> {
  if (!mayGo(row.state, to))
    throw new Problem('invalid-transition', `CHG-${row.number} is ${row.state} and cannot become ${to}.`, { state: row.state });
  const at = now();
  const ended = isTerminal(to);
  const [updated] = await db
    .update(changes)
    .set({
      ...clean(patch, tenantId),
      state: to,
      deadlineAt: patch.deadlineAt === undefined ? deadlineOf(to, at) : patch.deadlineAt,
      endedAt: ended ? at : null,
      updatedAt: at,
      // What was secret is needed no longer, except to undo what was done.
      ...(ended && to !== 'succeeded' ? { sealedSecrets: null } : {}),
    })
    .where(and(eq(changes.tenantId, tenantId), eq(changes.id, row.id)))
    .returning();
  await appendLog(db, tenantId, row.id, 'state', { state: to, from: row.state, ...(patch.problem ? { problem: patch.problem } : {}) });
  emit(`change.${to}`, { changeId: row.id, number: `CHG-${row.number}`, operation: row.operation, state: to, ...whyHeld(to, patch) });
  if (ended && row.templateId) await weigh({ db, tenantId, now, emit }, row.templateId);
  if (ended) emit('change.ended', { changeId: row.id, number: `CHG-${row.number}`, operation: row.operation, state: to });
  return updated!;
}
