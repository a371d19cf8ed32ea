import { and, asc, desc, eq, gt } from 'drizzle-orm';
import type { Databases } from '#kernel/database.ts';
import { events } from '#kernel/events.ts';
import type { Live } from '#kernel/live.ts';
import { changeLog } from './tables.ts';

interface FeedEvent {
  id: string;
  event?: string;
  data: unknown;
}
interface Feed {
  read: (position: string | null) => Promise<{ events: FeedEvent[]; position: string | null }>;
  subscribe: (hear: () => void) => () => void;
}

const PAGE = 200;
const numberOf = (position: string | null): number => (position !== null && /^\d{1,15}$/.test(position) ? Number(position) : 0);

/** The logs that streams read: of one Change from its beginning, of a tenant from now on. Hints come from `live`, content from the tables. */
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
        const mine = eq(events.tenantId, tenantId);
        if (position === null) {
          const [newest] = await db.select({ seq: events.seq }).from(events).where(mine).orderBy(desc(events.seq)).limit(1);
          return { events: [], position: String(newest?.seq ?? 0) };
        }
        const rows = await db
          .select()
          .from(events)
          .where(and(mine, gt(events.seq, numberOf(position))))
          .orderBy(asc(events.seq))
          .limit(PAGE);
        const found = rows.map(({ seq, type, changeId, data }) => ({ id: String(seq), data: { type, changeId, data } }));
        return { events: found, position: last(found, position) };
      }),
  });

  return { change, tenant };
}
