import type { Databases } from './database.ts';
import type { LeaseStore } from './leases.ts';

/** Microseconds since 1970: a name that was forgotten and comes again does not begin anew. */
const TOKEN = `(extract(epoch from clock_timestamp()) * 1000000)::bigint`;
const UNTIL = `clock_timestamp() + make_interval(secs => $3::float8 / 1000)`;

const TAKE = {
  name: 'leases_take',
  text: `
insert into leases as l (name, owner, token, until) values ($1, $2, ${TOKEN}, ${UNTIL})
on conflict (name) do update set owner = excluded.owner, token = greatest(excluded.token, l.token + 1), until = excluded.until
where l.until <= clock_timestamp()
returning token`,
};
/** Who is beaten to a place finds none, and asks again if they like. */
const TAKE_PLACE = {
  name: 'leases_take_place',
  text: `
insert into leases as l (name, owner, token, until)
select $1::text || '#' || n, $2::uuid, ${TOKEN}, ${UNTIL} from generate_series(1, $4::int) as n
where not exists (select 1 from leases held where held.name = $1::text || '#' || n and held.until > clock_timestamp()) order by random() limit 1
on conflict (name) do update set owner = excluded.owner, token = greatest(excluded.token, l.token + 1), until = excluded.until
where l.until <= clock_timestamp()
returning name, token`,
};
const RENEW = {
  name: 'leases_renew',
  text: `update leases set until = ${UNTIL} where name = $1 and token = $2 and until > clock_timestamp()`,
};
const RELEASE = { name: 'leases_release', text: `update leases set until = clock_timestamp() where name = $1 and token = $2 and until > clock_timestamp()` }; // prettier-ignore

/** A row for each name; the database's clock decides. */
export const createPostgresLeases = (databases: Databases): LeaseStore => ({
  take: (name, owner, ttlMs) =>
    databases.lookUp(async (db) => {
      const { rows } = await db.$client.query<{ token: string }>({ ...TAKE, values: [name, owner, ttlMs] });
      return rows[0] && Number(rows[0].token);
    }),
  takePlace: (name, places, owner, ttlMs) =>
    databases.lookUp(async (db) => {
      for (let tries = 0; tries < 3; tries += 1) {
        const { rows } = await db.$client.query<{ name: string; token: string }>({ ...TAKE_PLACE, values: [name, owner, ttlMs, places] });
        if (rows[0]) return { name: rows[0].name, token: Number(rows[0].token) };
      }
      return undefined;
    }),
  renew: (name, token, ttlMs) => databases.lookUp(async (db) => (await db.$client.query({ ...RENEW, values: [name, token, ttlMs] })).rowCount === 1),
  release: (name, token) => databases.lookUp(async (db) => void (await db.$client.query({ ...RELEASE, values: [name, token] }))),
});

/** Lets go of names that nobody has held for a day. */
export const sweepLeases = (databases: Databases): Promise<void> =>
  databases.lookUp(async (db) => void (await db.$client.query(`delete from leases where until < now() - interval '1 day'`)));
