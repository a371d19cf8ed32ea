import type { Context, ReadContext } from '#kernel/context.ts';
import type { Database } from '#kernel/database.ts';
import { and, desc, eq, lt, notExists, sql } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import { hasEnded } from '../executions/rules.ts';
import { executions } from '../engine/tables.ts';
import { answerOf, titleOf } from './rules.ts';
import type { ChatTurn } from './schemas.ts';
import { chatSessions, type ChatSessionRow } from './tables.ts';

type Reading = Pick<ReadContext, 'db' | 'tenantId' | 'actor'>;

/** Turns that are shown of one, and those that are told to whoever answers. */
const SHOWN = 50;
const TOLD = 20;
const KEPT_DAYS = 90;

export const sessionView = ({ id, workflowId, title, createdAt, updatedAt }: ChatSessionRow) => ({
  id, workflowId, title, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString(),
}); // prettier-ignore

/** One's own. Throws `not-found`, also for those of others; `lock` has messages of one session come after one another. */
export async function findSession({ db, tenantId, actor }: Reading, id: string, lock = false): Promise<ChatSessionRow> {
  const query = db
    .select()
    .from(chatSessions)
    .where(and(eq(chatSessions.tenantId, tenantId), eq(chatSessions.id, id), eq(chatSessions.actorId, actor.id)));
  const [row] = await (lock ? query.for('update') : query);
  if (!row) throw new Problem('not-found', `You have no conversation "${id}". List yours, or begin one by a message without a session.`);
  return row;
}

export async function beginSession({ db, tenantId, actor }: Context, workflowId: string, message: string, greeting: string | null): Promise<ChatSessionRow> {
  const [row] = await db.insert(chatSessions).values({ tenantId, id: newId(), workflowId, actorId: actor.id, title: titleOf(message), greeting }).returning();
  return row!;
} // prettier-ignore

/** What was said last, oldest first. */
export async function turnsOf({ db, tenantId }: Pick<Reading, 'db' | 'tenantId'>, sessionId: string, most = SHOWN): Promise<ChatTurn[]> {
  const rows = await db
    .select()
    .from(executions)
    .where(and(eq(executions.tenantId, tenantId), eq(executions.chatSessionId, sessionId)))
    .orderBy(desc(executions.id))
    .limit(most);
  return rows.reverse().map(({ id, status, inputs, outputs, error, createdAt }) => ({
    executionId: id,
    status,
    message: typeof inputs?.['message'] === 'string' ? inputs['message'] : null,
    answer: answerOf(outputs ?? null),
    error: error?.message ?? null,
    at: createdAt.toISOString(),
  }));
}

/** The next message may be said. Throws `invalid-transition` while the one before is being answered. */
export async function turnsBefore(ctx: Context, session: ChatSessionRow): Promise<ChatTurn[]> {
  const turns = await turnsOf(ctx, session.id, TOLD);
  const last = turns.at(-1);
  if (last && !hasEnded(last.status)) throw new Problem('invalid-transition', 'The message before this one is still being answered. Wait for it, or cancel its execution.', { executionId: last.executionId });
  await ctx.db.update(chatSessions).set({ updatedAt: ctx.now() }).where(and(eq(chatSessions.tenantId, ctx.tenantId), eq(chatSessions.id, session.id)));
  return turns;
} // prettier-ignore

/** Of somebody who has left, or one that is no longer wanted: nobody else may read it, and its executions go their own way. */
export async function forgetSessions(db: Database, tenantId: string, actorId: string, id?: string): Promise<void> {
  const mine = and(eq(chatSessions.tenantId, tenantId), eq(chatSessions.actorId, actorId), id === undefined ? undefined : eq(chatSessions.id, id));
  await db.delete(chatSessions).where(mine);
}

/** Every day: a conversation of which nothing is left is forgotten. */
export async function pruneSessions({ db, tenantId, now }: Pick<Context, 'db' | 'tenantId' | 'now'>): Promise<void> {
  const before = new Date(now().getTime() - KEPT_DAYS * 86_400_000);
  const left = db.select({ one: sql`1` }).from(executions).where(and(eq(executions.tenantId, tenantId), eq(executions.chatSessionId, chatSessions.id)));
  await db.delete(chatSessions).where(and(eq(chatSessions.tenantId, tenantId), lt(chatSessions.updatedAt, before), notExists(left)));
} // prettier-ignore
