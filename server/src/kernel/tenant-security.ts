import type pg from 'pg';
import { ROLES } from './database.ts';

/**
 * The one policy of every tenant table (spec: platform.md 7.2). `current_setting` without "missing_ok" raises an error where no
 * tenant is set, so a query without context is refused, not answered with nothing. The sub-select is evaluated once per query.
 */
const WITHIN = `tenant_id = (select current_setting('app.tenant_id')::uuid)`;

/** Raise it when the rules below change, so that databases already migrated are put under the new ones. */
export const SECURITY_VERSION = 4;

interface Table {
  schema: string;
  name: string;
  comment: string;
  tenant: boolean;
  partition: boolean;
  /** Has a column `id` of type uuid: rows that a caller can name. */
  named: boolean;
}

/** Tables whose ids no caller ever names: evidence and announcements. They are large, so the probe keeps out of them. */
const isNamed = ({ name, comment, named, tenant, partition }: Table): boolean => named && tenant && !partition && !comment.includes('@append-only') && name !== 'events' && !name.startsWith('event_'); // prettier-ignore

const TABLES = `
  select n.nspname as schema, c.relname as name, coalesce(obj_description(c.oid), '') as comment, c.relispartition as partition,
    exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped) as tenant,
    exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'id' and a.atttypid = 'uuid'::regtype) as named
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and n.nspname in ('public', 'auth') order by 1, 2`;

/** Rights that the comment spells out for one role, such as "@platform(select, delete)". */
const spelled = (comment: string, role: 'app' | 'platform'): string | undefined => new RegExp(String.raw`@${role}\(([a-z, ]+)\)`).exec(comment)?.[1];

function statements(table: Table): string[] {
  const name = `${table.schema}."${table.name}"`;
  // Of every row that can be named, whose it is: two columns, to a role that can do nothing else (platform.md 7.4).
  const toProbe = isNamed(table) ? [`grant select (tenant_id, id) on ${name} to ${ROLES.probe}`] : [];
  if (table.schema === 'auth') return [`grant select, insert, update, delete on ${name} to ${ROLES.platform}`, ...toProbe];
  // Of no tenant, and therefore nobody's but the platform's.
  if (!table.tenant) return table.comment.includes('@platform') ? [`grant select, insert, update, delete on ${name} to ${ROLES.platform}`] : [];
  // A table says in its comment what the rule cannot know: "@append-only" for evidence, "@platform" for what system jobs read across
  // tenants, "@founding" for what the platform adds when it makes a tenant, and never reads. A list in brackets, as in "@app(select)",
  // says what that role may instead.
  const rights = table.comment.includes('@append-only') ? 'select, insert' : 'select, insert, update, delete';
  const platform = table.comment.includes('@platform');
  return [
    `alter table ${name} enable row level security, force row level security`,
    `drop policy if exists tenant_isolation on ${name}`,
    `create policy tenant_isolation on ${name} for all to ${ROLES.app} using (${WITHIN}) with check (${WITHIN})`,
    `revoke all on ${name} from ${ROLES.app}, ${ROLES.platform}, ${ROLES.probe}`,
    `drop policy if exists tenant_probe on ${name}`,
    ...(toProbe.length > 0 ? [`create policy tenant_probe on ${name} for select to ${ROLES.probe} using (true)`, ...toProbe] : []),
    // A partition is reached through its parent only.
    ...(table.partition ? [] : [`grant ${spelled(table.comment, 'app') ?? rights} on ${name} to ${ROLES.app}`]),
    `drop policy if exists platform_work on ${name}`,
    `drop policy if exists platform_founding on ${name}`,
    ...(table.comment.includes('@founding')
      ? [
          `create policy platform_founding on ${name} for insert to ${ROLES.platform} with check (true)`,
          `grant insert on ${name} to ${ROLES.platform}`,
        ]
      : []),
    ...(platform
      ? [
          `create policy platform_work on ${name} for all to ${ROLES.platform} using (true) with check (true)`,
          `grant ${spelled(table.comment, 'platform') ?? rights} on ${name} to ${ROLES.platform}`,
        ]
      : []),
  ];
}

/** Puts every table that has a `tenant_id` under row-level security and gives each role exactly its rights. Repeatable. */
export async function secureTables(client: pg.Client): Promise<void> {
  await client.query(`SET ROLE ${ROLES.owner}`);
  const { rows } = await client.query<Table>(TABLES);
  const all = rows.flatMap(statements);
  if (rows.some((table) => table.schema === 'auth')) all.push(`grant usage on schema auth to ${ROLES.platform}, ${ROLES.probe}`);
  all.push(`grant usage, select on all sequences in schema public to ${ROLES.app}, ${ROLES.platform}`);
  await client.query(all.join(';\n'));
  await client.query('RESET ROLE');
}

/** The same for tables that were made while the process runs (partitions), as the owner and in the caller's transaction. */
export async function secureNew(query: (sql: string) => Promise<{ rows: unknown[] }>, names: readonly string[]): Promise<void> {
  const { rows } = await query(TABLES);
  const made = (rows as Table[]).filter(({ schema, name }) => schema === 'public' && names.includes(name));
  await query(made.flatMap(statements).join(';\n'));
}

/** Every way in which a database falls short of the isolation rules, in words; empty when it is sound. The start-up self-test and a test read it. */
export async function isolationFaults(query: (sql: string) => Promise<{ rows: Record<string, unknown>[] }>): Promise<string[]> {
  const found = await query(`
    with tables as (
      select c.oid, c.relname, c.relrowsecurity, c.relforcerowsecurity from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and n.nspname = 'public'
        and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped))
    select relname || ': row-level security is off' as fault from tables where not relrowsecurity
    union all select relname || ': row-level security is not forced' from tables where not relforcerowsecurity
    union all select relname || ': has no tenant policy' from tables t where not exists (
      select from pg_policy p where p.polrelid = t.oid and p.polname = 'tenant_isolation' and p.polcmd = '*' and p.polpermissive
        and pg_get_expr(p.polqual, p.polrelid) like '%tenant_id = ( SELECT (current_setting(''app.tenant_id''::text))::uuid%'
        and pg_get_expr(p.polqual, p.polrelid) = pg_get_expr(p.polwithcheck, p.polrelid)
        and p.polroles = array[(select oid from pg_roles where rolname = '${ROLES.app}')])
    union all select t.relname || ': policy ' || p.polname || ' lets ${ROLES.app} past the tenant' from tables t join pg_policy p on p.polrelid = t.oid
      where p.polname <> 'tenant_isolation' and (p.polroles @> array[0::oid] or p.polroles @> array[(select oid from pg_roles where rolname = '${ROLES.app}')])
    union all select t.relname || ': tenant_id may be null' from tables t join pg_attribute a on a.attrelid = t.oid and a.attname = 'tenant_id' where not a.attnotnull
    union all select t.relname || ': primary key does not begin with tenant_id' from tables t where not exists (
      select from pg_index i join pg_attribute a on a.attrelid = t.oid and a.attnum = i.indkey[0] where i.indrelid = t.oid and i.indisprimary and a.attname = 'tenant_id')
    union all select t.relname || ': foreign key ' || k.conname || ' is not composite with tenant_id' from tables t join pg_constraint k on k.conrelid = t.oid and k.contype = 'f'
      join tables f on f.oid = k.confrelid
      where not exists (select from pg_attribute a where a.attrelid = t.oid and a.attname = 'tenant_id' and a.attnum = any(k.conkey))
    union all select t.relname || ': foreign key ' || k.conname || ' has no index' from tables t join pg_constraint k on k.conrelid = t.oid and k.contype = 'f'
      where not exists (select from pg_index i where i.indrelid = t.oid and (i.indkey::int2[])[0:array_length(k.conkey, 1) - 1] @> k.conkey)
    union all select c.relname || ': view without security_invoker' from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'v' and n.nspname = 'public' and not coalesce(c.reloptions @> array['security_invoker=true'], false)
    union all select rolname || ': may bypass row-level security' from pg_roles where rolname in ('${ROLES.app}', '${ROLES.platform}', '${ROLES.owner}', '${ROLES.probe}') and (rolsuper or rolbypassrls)
    union all select '${ROLES.app}: owns ' || c.relname from pg_class c where c.relowner = (select oid from pg_roles where rolname = '${ROLES.app}')
    union all select '${ROLES.app}: is a member of ' || r.rolname from pg_auth_members m join pg_roles r on r.oid = m.roleid where m.member = (select oid from pg_roles where rolname = '${ROLES.app}')
    union all select '${ROLES.probe}: may read ' || c.relname || '.' || a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relnamespace in (select oid from pg_namespace where nspname in ('public', 'auth')) and c.relkind in ('r', 'p', 'v')
        and a.attname not in ('tenant_id', 'id') and has_column_privilege('${ROLES.probe}', c.oid, a.attnum, 'SELECT')
    union all select p.proname || ': SECURITY DEFINER function' from pg_proc p join pg_namespace n on n.oid = p.pronamespace where p.prosecdef and n.nspname in ('public', 'auth')
    order by 1`);
  return found.rows.map((row) => String(row['fault']));
}
