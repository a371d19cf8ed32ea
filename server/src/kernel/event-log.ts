import type { Database } from './database.ts';
import type { DeliveredEvent } from './module.ts';

/** Where a reader is before anything was announced: from here it gets everything that is kept. */
export const LOG_START = '1:1:';

export interface LogRead {
  /** In the order of their transactions; within one, as they were announced. Each with the position right behind it. */
  events: (DeliveredEvent & { position: string })[];
  /** Where to go on; it may move although there was nothing. */
  position: string;
  /** There was more than the limit: read again at once. */
  more: boolean;
}

interface Row {
  now: string;
  id: string | null;
  seq: string;
  xid: string;
  type: string;
  change_id: string | null;
  created_at: Date;
  data: Record<string, unknown>;
}

/** What a reader has seen: all of the snapshot `seen`, and of what `under` shows besides, everything up to `after`. */
interface Position {
  seen: string;
  under: string | null;
  after: { xid: string; seq: string };
}

const SNAPSHOT = String.raw`[1-9]\d{0,18}:[1-9]\d{0,18}:(?:\d{1,19}(?:\.\d{1,19})*)?`;
const POSITION = new RegExp(`^(${SNAPSHOT})(?:-(${SNAPSHOT})-(\\d{1,19}):(\\d{1,18}))?$`);
/** With as many transactions under way as a server has connections. */
const LONGEST = 8_000;

const dotted = (snapshot: string): string => snapshot.replaceAll(',', '.');
const commas = (snapshot: string): string => snapshot.replaceAll('.', ',');
/** PostgreSQL demands it, and refuses the whole statement otherwise. */
const isOrdered = (snapshot: string): boolean => {
  const [xmin = '', xmax = '', running = ''] = snapshot.split(':');
  const all = [BigInt(xmin), ...(running === '' ? [] : running.split('.').map(BigInt))];
  return all.every((xid, at) => (at === 0 ? xid <= BigInt(xmax) : xid >= BigInt(xmin) && xid < BigInt(xmax) && (at === 1 || xid > all[at - 1]!)));
};

function parsed(text: string): Position | undefined {
  const found = text.length <= LONGEST ? POSITION.exec(text) : null;
  if (!found || !isOrdered(found[1]!) || (found[2] !== undefined && !isOrdered(found[2]))) return undefined;
  return { seen: commas(found[1]!), under: found[2] === undefined ? null : commas(found[2]), after: { xid: found[3] ?? '0', seq: found[4] ?? '0' } };
}

/** Whether a position that came from outside is one; who reads on from another begins at now. */
export const isLogPosition = (text: string): boolean => parsed(text) !== undefined;

/**
 * Rows that the snapshot before did not show and this one does: no number can come in below one that was read already. The second half
 * goes on within a snapshot of which a page was read; what has been committed since then comes after it.
 */
const READ = {
  name: 'events_log_read',
  text: `
select pg_current_snapshot()::text as now, e.id, e.seq, e.xid::text as xid, e.type, e.change_id, e.created_at, e.data
from (select 1) as always left join lateral (
  select * from events
  where tenant_id = $1 and xid >= pg_snapshot_xmin($2::pg_snapshot) and not pg_visible_in_snapshot(xid, $2::pg_snapshot)
    and ($3::pg_snapshot is null or (pg_visible_in_snapshot(xid, $3::pg_snapshot) and (xid, seq) > ($4::xid8, $5::bigint)))
    and ($6::text[] is null or type = any ($6))
  order by xid, seq limit $7) as e on true
order by e.xid, e.seq`,
};

/** The first transaction that a snapshot knows nothing of. */
const xmaxOf = (snapshot: string): bigint => BigInt(snapshot.split(':')[1]!);

interface ReadOptions {
  /** At most so many events. */
  limit: number;
  /** Only these types; all when left out. */
  types?: readonly string[] | undefined;
}

/**
 * The announcements of a tenant after `position`, none left out and none twice, however many processes announce at once; with null
 * nothing but where "now" is. For `db` of a tenant that has written nothing yet in its transaction (a reading one). Positions are text
 * of digits, `:`, `.` and `-`, at most 8,000 characters; one that is none reads as null. One from before the database was restored from a
 * dump on another server begins anew: all that is kept comes again, so who keeps positions for long treats events as at least once.
 */
export async function readLog(db: Database, tenantId: string, position: string | null, { limit, types }: ReadOptions): Promise<LogRead> {
  const from = position === null ? undefined : parsed(position);
  if (!from) {
    const { rows } = await db.$client.query<{ now: string }>('select pg_current_snapshot()::text as now');
    return { events: [], position: dotted(rows[0]!.now), more: false };
  }
  const values = [tenantId, from.seen, from.under, from.after.xid, from.after.seq, types ?? null, limit];
  const { rows } = await db.$client.query<Row>({ ...READ, values });
  if (xmaxOf(from.seen) > xmaxOf(rows[0]!.now)) return readLog(db, tenantId, LOG_START, { limit, types });
  const found = rows.filter((row): row is Row & { id: string } => row.id !== null);
  const more = found.length === limit;
  const under = dotted(from.under ?? rows[0]!.now);
  const behind = ({ xid, seq }: Row): string => `${dotted(from.seen)}-${under}-${xid}:${seq}`;
  const end = more ? behind(found.at(-1)!) : under;
  const events = found.map((row, at) => ({
    id: row.id,
    type: row.type,
    tenantId,
    time: row.created_at,
    changeId: row.change_id,
    data: row.data,
    position: at === found.length - 1 ? end : behind(row),
  }));
  // A snapshot that was read to its end is followed by what has been committed since, which nobody may ring for any more.
  return { events, position: end, more: more || from.under !== null };
}
