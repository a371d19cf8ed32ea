import type pg from 'pg';

/** Something of each type that a column has which must have something. */
const VALUES: Record<string, string> = {
  uuid: 'gen_random_uuid()',
  text: `'x'`,
  int2: '1',
  int4: '1',
  int8: '1',
  numeric: '1',
  float4: '1',
  float8: '1',
  bool: 'false',
  timestamptz: 'now()',
  date: 'now()::date',
  jsonb: `'{}'`,
  bytea: `'x'`,
  inet: `'192.0.2.1'`,
  cidr: `'192.0.2.0/24'`,
  tstzrange: `'empty'`,
  varchar: `'x'`,
  interval: `'1 hour'`,
  time: `'12:00'`,
  macaddr: `'00:00:5e:00:53:01'`,
};

interface Column {
  table: string;
  name: string;
  type: string;
}

/**
 * One row of the tenant in every table that has tenants, whatever else the tables demand of it: what they check, refer to and set off is
 * taken out of this database first. Only for a copy that nobody else uses. Answers how a row is inserted, by table; partitions left out.
 */
export async function fillEveryTable(root: pg.Client, tenantId: string): Promise<Map<string, string>> {
  const { rows: all } = await root.query<{ table: string }>(`select c.relname as table from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
    where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace = 'public'::regnamespace order by 1`);
  const { rows: demands } = await root.query<{ table: string; name: string }>(`select k.conrelid::regclass::text as table, k.conname as name
    from pg_constraint k join pg_class c on c.oid = k.conrelid where k.contype in ('c', 'x') and c.relnamespace = 'public'::regnamespace and k.conparentid = 0 and not c.relispartition`);
  const { rows: columns } = await root.query<Column>(`select c.relname as table, a.attname as name, t.typname as type
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_type t on t.oid = a.atttypid
    where a.attnum > 0 and not a.attisdropped and a.attnotnull and not a.atthasdef and a.attidentity = '' and a.attname <> 'tenant_id'
      and c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace`);
  const inserts = new Map<string, string>();
  await root.query('set session_replication_role = replica');
  for (const { table, name } of demands) await root.query(`alter table ${table} drop constraint if exists "${name}"`);
  for (const { table } of all) {
    const own = columns.filter((column) => column.table === table);
    const value = ({ name, type }: Column): string => {
      const known = type.startsWith('_') ? `'{}'` : VALUES[type];
      if (known === undefined) throw new Error(`say in fill.ts what ${table}.${name} of type ${type} can hold`);
      return known;
    };
    const names = ['tenant_id', ...own.map(({ name }) => `"${name}"`)];
    const insert = `insert into "${table}" (${names.join(', ')}) values (${[`'${tenantId}'`, ...own.map(value)].join(', ')})`;
    await root.query(insert);
    inserts.set(table, insert);
  }
  await root.query('reset session_replication_role');
  return inserts;
}
