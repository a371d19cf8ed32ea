import type { Databases } from './database.ts';
import type { Ask, CounterStore, Granted } from './counters.ts';

/** Share of the window before that still counts, of a row that is being written now. */
const WEIGHT = `(1 - (extract(epoch from excluded.at) / excluded.seconds - excluded.span))`;
const BASE = `case when c.span = excluded.span then c.used else 0 end`;
const BEFORE = `case when c.span = excluded.span then c.previous when c.span = excluded.span - 1 then c.used else 0 end`;
/** What is wanted comes in as `granted`. */
const GIVEN = `greatest(0, least(excluded.granted, excluded.quota - (${BASE}) - ceil((${BEFORE}) * ${WEIGHT})::integer))`;

/** The row is locked while it is worked out, so processes that ask at once are served one after the other; in order of keys, so none waits for another in a circle. */
const TAKE = {
  name: 'counters_take',
  text: `
insert into rate_counters as c (tenant_id, key, seconds, quota, span, used, previous, granted, at)
select $1, key, seconds, quota, floor(extract(epoch from t.at) / seconds)::bigint, want, 0, want, t.at
from unnest($2::text[], $3::integer[], $4::integer[], $5::integer[]) as asked (key, seconds, quota, want), (select clock_timestamp() as at) as t
order by key
on conflict (tenant_id, key) do update set
  seconds = excluded.seconds, quota = excluded.quota, span = excluded.span, at = excluded.at,
  previous = ${BEFORE}, used = (${BASE}) + (${GIVEN}), granted = ${GIVEN}
returning key, used, previous, granted, (extract(epoch from at) - span * seconds) * 1000 as elapsed`,
};

interface Row {
  key: string;
  used: number;
  previous: number;
  granted: number;
  elapsed: string;
}

const keyOf = ({ key, name }: Ask): string => `${key} ${name}`;

/** Counts in an unlogged table; what is counted there is gone after a crash of the database, and so are the windows it was for. */
export const createPostgresCounters = (databases: Databases): CounterStore => ({
  take: (tenantId, asks) =>
    databases.lookUp(async (db) => {
      const values = [tenantId, asks.map(keyOf), asks.map((ask) => ask.seconds), asks.map((ask) => ask.limit), asks.map((ask) => ask.want)];
      const { rows } = await db.$client.query<Row>({ ...TAKE, values });
      const found = new Map(rows.map((row) => [row.key, row]));
      return asks.map((ask): Granted => {
        const { used, previous, granted, elapsed } = found.get(keyOf(ask))!;
        return { used, previous, granted, elapsedMs: Number(elapsed) };
      });
    }),
});

/** Longer than the longest window, twice. */
const KEPT_HOURS = 72;

/** Lets go of counters that nothing has been counted under for days. */
export const sweepCounters = (databases: Databases): Promise<void> =>
  databases.lookUp(async (db) => {
    await db.$client.query(`delete from rate_counters where at < now() - interval '${KEPT_HOURS} hours'`);
  });
