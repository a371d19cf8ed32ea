import type { Databases } from '#kernel/database.ts';
import { and, asc, eq, gt } from '#kernel/drizzle.ts';
import { readLog } from '#kernel/event-log.ts';
import type { Live } from '#kernel/live.ts';
import { changeLog } from './tables.ts';

interface FeedEvent {
  id: string;
  event?: string;
  data: unknown;
}
interface Feed {
  read: (position: string | null) => Promise<{ events: FeedEvent[]; position: string | null; more?: boolean }>;
  subscribe: (hear: () => void) => () => void;
}

const PAGE = 200;
const numberOf = (position: string | null): number => (position !== null && /^\d{1,15}$/.test(position) ? Number(position) : 0);

/**
 * The logs that streams read: of one Change from its beginning, of a tenant from now on. Hints come from `live`, content from the tables.
 * Who writes the log of a Change holds its row, so there numbers are seen in their order.
 */
export function createFeeds(databases: Databases, live: Live) {
  const subscribe = (tenantId: string) => (hear: () => void) => live.subscribe(`tenant:${tenantId}`, hear);
  const last = (found: FeedEvent[], position: string | null): string | null => found.at(-1)?.id ?? position;

  const change = (tenantId: string, changeId: string): Feed => ({
    subscribe: subscribe(tenantId),
    read: (position) =>
      databases.tenant({ tenantId, readOnly: true }, async (db) => {
        const mine = and(eq(changeLog.tenantId, tenantId), eq(changeLog.changeId, changeId), gt(changeLog.seq, numberOf(position)));
        const rows = await db.select().from(changeLog).where(mine).orderBy(asc(changeLog.seq)).limit(PAGE);
        const found = rows.map(({ seq, event, data, createdAt }) => ({ id: String(seq), event, data: { ...data, at: createdAt.toISOString() } }));
        return { events: found, position: last(found, position) };
      }),
  });

  const tenant = (tenantId: string): Feed => ({
    subscribe: subscribe(tenantId),
    read: (position) =>
      databases.tenant({ tenantId, readOnly: true }, async (db) => {
        const { events, ...rest } = await readLog(db, tenantId, position, { limit: PAGE });
        return { events: events.map(({ position: id, type, changeId, data }) => ({ id, data: { type, changeId, data } })), ...rest };
      }),
  });

  return { change, tenant };
}
