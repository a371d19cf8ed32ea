import type { Actor } from '#kernel/context.ts';
import type { Databases } from '#kernel/database.ts';
import { and, eq, isNull, notInArray, or, sql } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import type { WorkContext } from '#kernel/work.ts';
import { directionsOf, embeddingModel } from '#kernel/recall/meaning.ts';
import { Recall } from '#kernel/recall/port.ts';
import { meaningOf } from './rules.ts';
import { withId } from './store.ts';
import { memories } from './tables.ts';

export interface TellDeps {
  databases: Databases;
  recall: Pick<Recall, 'ai'>;
  actor: (tenantId: string) => Actor;
}

/** Has a model tell what a memory means, and keeps it if the memory says the same still. */
export async function tellMemory({ databases, recall, actor }: TellDeps, { tenantId, memoryId }: { tenantId: string; memoryId: string }, signal: AbortSignal): Promise<void> {
  const ai = recall.ai();
  if (!ai) return;
  const { id, title, summary, content, sensitivity, version } = memories;
  const found = await databases.tenant({ tenantId, readOnly: true }, async (db) => {
    const [row] = await db.select({ id, title, summary, content, sensitivity, version }).from(memories).where(withId({ tenantId }, memoryId));
    return { row, model: await embeddingModel(ai, db, tenantId) };
  });
  const { row, model } = found;
  const text = row && row.content !== null ? meaningOf({ ...row, content: row.content }) : undefined;
  if (!row || text === undefined || model === undefined) return;
  try {
    const [vector] = await directionsOf(ai, { tenantId, actor: actor(tenantId) }, model, [text], signal);
    const same = and(withId({ tenantId }, row.id), eq(memories.version, row.version));
    await databases.tenant({ tenantId, operation: 'memory.tell' }, (db) => db.update(memories).set({ vector: vector!, vectorModel: model }).where(same));
  } catch (error) {
    // Budgets and providers come back: the clock looks for what nobody has told yet. Until then it is found by its words.
    if (!(error instanceof Problem)) throw error;
  }
} // prettier-ignore

/** Memories that one look of the clock has told. */
const AT_ONCE = 200;

/** Has some of those told, whichever they are, so that none that fails stands before the others: those that the present model has not told yet, after a fault, a spent budget, or a change of the model. */
export async function askForMeanings({ db, tenantId, provider }: WorkContext): Promise<void> {
  const recall = provider(Recall);
  const model = await embeddingModel(recall.ai(), db, tenantId);
  if (model === undefined) return;
  const untold = or(isNull(memories.vectorModel), sql`${memories.vectorModel} <> ${model}`);
  const wanted = and(eq(memories.tenantId, tenantId), notInArray(memories.sensitivity, ['secret', 'confidential']), untold);
  for (const { id } of await db.select({ id: memories.id }).from(memories).where(wanted).orderBy(sql`random()`).limit(AT_ONCE)) await recall.enqueue(db, { tenantId, memoryId: id }); // prettier-ignore
  recall.wake();
}
