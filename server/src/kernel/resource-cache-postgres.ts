import type { Databases } from './database.ts';
import type { Entry, ResourceStore } from './resource-cache.ts';

const NOW = 'clock_timestamp()';
const after = (parameter: string): string => `${NOW} + make_interval(secs => ${parameter}::float8 / 1000)`;
const millis = (interval: string): string => `extract(epoch from ${interval})::float8 * 1000`;
const VERSION = `coalesce((select v.version from resource_versions v where v.tenant_id = $1 and v.tag = $3), 0)`;

const LOOK = {
  name: 'resources_look',
  text: `
select ${VERSION} as version, c.version as has, c.read_at::text as stamp, ${millis(`${NOW} - c.read_at`)} as age,
  ${millis('c.fresh_until - c.read_at')} as fresh, case when c.read_at::text is distinct from $4 then c.value end as value
from (select 1) as always left join resource_cache c on c.tenant_id = $1 and c.key = $2 and c.read_at is not null and c.kept_until > ${NOW}`,
};
const CLAIM = {
  name: 'resources_claim',
  text: `
insert into resource_cache as c (tenant_id, key, tag, version, kept_until, filler, filling_version, filling_until)
values ($1, $2, $3, 0, ${after('$5')}, $4, ${VERSION}, ${after('$5')})
on conflict (tenant_id, key) do update set filler = excluded.filler, filling_version = excluded.filling_version, filling_until = excluded.filling_until,
  kept_until = greatest(c.kept_until, excluded.kept_until)
where c.filling_until is null or c.filling_until <= ${NOW} or c.filling_version <> excluded.filling_version
returning filling_version as version`,
};
const PUT = {
  name: 'resources_put',
  text: `
update resource_cache set version = $5, value = $6, read_at = ${NOW} - make_interval(secs => $7::float8 / 1000), filling_until = null,
  fresh_until = ${NOW} + make_interval(secs => ($8::float8 - $7::float8) / 1000), kept_until = ${after('$9')}
where tenant_id = $1 and key = $2 and filler = $4 and ${VERSION} = $5`,
};
const LEAVE = { name: 'resources_leave', text: 'update resource_cache set filling_until = null where tenant_id = $1 and key = $2 and filler = $3' };
/** From the time, so that a version that was forgotten and comes again is another one. */
const BUMP = {
  name: 'resources_bump',
  text: `
insert into resource_versions as v (tenant_id, tag, version, at)
select distinct $1::uuid, tag, (extract(epoch from ${NOW}) * 1000000)::bigint, ${NOW} from unnest($2::text[]) as tag order by tag
on conflict (tenant_id, tag) do update set version = greatest(excluded.version, v.version + 1), at = excluded.at`,
};

interface LookRow {
  version: string;
  has: string | null;
  stamp: string;
  age: number;
  fresh: number;
  value: unknown;
}

/** In two unlogged tables, beside the transaction of whoever reads. */
export function createPostgresResources(databases: Databases): ResourceStore {
  const query = <R extends object>(statement: { name: string; text: string }, values: unknown[]) =>
    databases.lookUp(async (db) => (await db.$client.query<R>({ ...statement, values })).rows);
  return {
    async look({ tenantId, key, tag }, known) {
      const [row] = await query<LookRow>(LOOK, [tenantId, key, tag, known]);
      const { version, has, stamp, age, fresh, value } = row!;
      const entry: Entry | undefined = has === version ? { stamp, value, ageMs: age, freshMs: fresh } : undefined;
      return { version, entry };
    },
    claim: async ({ tenantId, key, tag }, filler, ms) => (await query<{ version: string }>(CLAIM, [tenantId, key, tag, filler, ms]))[0]?.version,
    async put({ tenantId, key, tag }, filler, version, { value, ageMs, freshMs, keptMs }) {
      await query(PUT, [tenantId, key, tag, filler, version, JSON.stringify(value), ageMs, freshMs, keptMs]);
    },
    leave: async ({ tenantId, key }, filler) => void (await query(LEAVE, [tenantId, key, filler])),
    bump: async (tenantId, tags) => void (await query(BUMP, [tenantId, tags])),
  };
}

/** Forgets what is too old to be answered, and versions that nothing can be of any more. */
export const sweepResources = (databases: Databases): Promise<void> =>
  databases.lookUp(async (db) => {
    await db.$client.query('delete from resource_cache where kept_until < now()');
    await db.$client.query(`delete from resource_versions where at < now() - interval '3 days'`);
  });
