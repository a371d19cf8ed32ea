import type { Context, ReadContext } from '#kernel/context.ts';
import { and, desc, eq, isNotNull } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import { executionWaits } from '../engine/tables.ts';
import type { Json } from '../graph.ts';
import { Agreements } from '../people.ts';

/** Keeps what whoever agrees makes of a request, with the wait of the node, in the transaction of the decision. */
export async function keepAnswer({ db, tenantId }: Pick<Context, 'db' | 'tenantId'>, executionId: string, changeId: string, answer: Json): Promise<void> {
  const mine = and(eq(executionWaits.tenantId, tenantId), eq(executionWaits.executionId, executionId), eq(executionWaits.changeId, changeId), eq(executionWaits.state, 'open'));
  const kept = await db.update(executionWaits).set({ answer }).where(mine).returning({ id: executionWaits.id });
  if (kept.length === 0) throw new Problem('approval-closed', 'Nobody waits for this answer: the node is about to, or the execution went on without it. Look again in a moment.');
} // prettier-ignore

/** What was kept; undefined when people took the request as it stood. A node that reminds people waits anew each time, so it is not always the last wait. */
export async function answerOf({ db, tenantId }: Pick<ReadContext, 'db' | 'tenantId'>, executionId: string, changeId: string): Promise<Json | undefined> {
  const mine = and(eq(executionWaits.tenantId, tenantId), eq(executionWaits.executionId, executionId), eq(executionWaits.changeId, changeId), isNotNull(executionWaits.answer));
  const [wait] = await db.select({ answer: executionWaits.answer }).from(executionWaits).where(mine).orderBy(desc(executionWaits.id)).limit(1);
  return wait?.answer ?? undefined;
} // prettier-ignore

/** Somebody else agreed to it as it stood: nobody alters what others have agreed to, and no change of theirs stands without the others. */
export async function requireAlone({ db, tenantId, provider }: Context, changeId: string): Promise<void> {
  const agreement = await provider(Agreements).of(db, tenantId, changeId);
  if (agreement?.status === 'approved' && agreement.decisions.length === 1) return;
  throw new Problem('not-eligible', 'More than one person has to agree to this request, so it can be approved or rejected only as it stands. Reject it with words to have it asked anew.');
} // prettier-ignore
