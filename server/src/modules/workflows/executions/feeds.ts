import type { Database, Databases } from '#kernel/database.ts';
import { and, asc, eq, gt, inArray } from '#kernel/drizzle.ts';
import type { Live } from '#kernel/live.ts';
import { executionEvents, executionLogs, nodeExecutions } from '../engine/tables.ts';
import type { Json } from '../graph.ts';
import { lineView } from './log-lines.ts';
import { LOG_LEVELS } from './schemas.ts';

const PAGE = 200;
const PREVIEW_BYTES = 4_096;

interface Message {
  type: string;
  seq: number;
  at: string;
  data: Record<string, Json>;
}

/** What a node made, in short: whole where it is small, else its beginning as text. */
function preview(output: Json): { output: Json; cut: boolean } {
  const text = JSON.stringify(output) ?? 'null';
  return text.length <= PREVIEW_BYTES ? { output, cut: false } : { output: text.slice(0, PREVIEW_BYTES), cut: true };
}

const recordOf = ({ data }: Message): string | undefined => (typeof data['recordId'] === 'string' ? data['recordId'] : undefined);

/** Adds to messages of nodes that have ended what they made; sensitive ones say nothing. */
async function withPreviews(db: Database, tenantId: string, executionId: string, messages: Message[]): Promise<Message[]> {
  const ended = messages.filter(({ type }) => type === 'node.completed');
  const ids = ended.map(recordOf).filter((id) => id !== undefined);
  if (ids.length === 0) return messages;
  const { id, output, outputBlob, sealed } = nodeExecutions;
  const wanted = and(eq(nodeExecutions.tenantId, tenantId), eq(nodeExecutions.executionId, executionId), inArray(id, ids));
  const found = new Map((await db.select({ id, output, outputBlob, sealed }).from(nodeExecutions).where(wanted)).map((row) => [row.id, row]));
  return messages.map((message) => {
    const row = message.type === 'node.completed' ? found.get(recordOf(message) ?? '') : undefined;
    if (!row || row.sealed !== null) return message;
    const shown = row.outputBlob === null ? preview(row.output) : { output: { $blob: row.outputBlob }, cut: false };
    return { ...message, data: { ...message.data, ...shown } };
  });
}

/** Messages and lines of executions as live streams read them. Hints come from `live`, content from the tables. */
export const createExecutionFeed = (databases: Databases, live: Live) => (tenantId: string, executionId: string) => ({
  subscribe: (hear: () => void) => live.subscribe(`execution:${executionId}`, hear),
  messages: (after: number, previews: boolean): Promise<Message[]> =>
    databases.tenant({ tenantId, readOnly: true }, async (db) => {
      const mine = and(eq(executionEvents.tenantId, tenantId), eq(executionEvents.executionId, executionId), gt(executionEvents.seq, after));
      const rows = await db.select().from(executionEvents).where(mine).orderBy(asc(executionEvents.seq)).limit(PAGE);
      const messages = rows.map(({ seq, type, at, payload }) => ({ type, seq, at: at.toISOString(), data: payload }));
      return previews ? withPreviews(db, tenantId, executionId, messages) : messages;
    }),
  lines: (after: number, level: (typeof LOG_LEVELS)[number]) =>
    databases.tenant({ tenantId, readOnly: true }, async (db) => {
      const levels = LOG_LEVELS.slice(LOG_LEVELS.indexOf(level));
      const mine = and(eq(executionLogs.tenantId, tenantId), eq(executionLogs.executionId, executionId), gt(executionLogs.seq, after), inArray(executionLogs.level, levels)); // prettier-ignore
      const rows = await db.select().from(executionLogs).where(mine).orderBy(asc(executionLogs.seq)).limit(PAGE);
      return rows.map((row) => ({ ...lineView(row) }));
    }),
});
