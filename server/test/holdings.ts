import type pg from 'pg';

interface Table {
  schema: string;
  name: string;
}
/** Tables with rows of tenants that have an id. */
export const tablesOf = async (root: pg.Client): Promise<Table[]> =>
  (
    await root.query<Table>(`select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('public', 'auth') and c.relkind in ('r', 'p') and not c.relispartition
        and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped)
        and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'id' and a.atttypid = 'uuid'::regtype) order by 1, 2`)
  ).rows;

/** Names and addresses that one tenant alone has: none of them may ever be told to the other. */
export async function textsOf(root: pg.Client, all: readonly Table[], mine: string, theirs: string): Promise<string[]> {
  const found = { mine: new Set<string>(), theirs: new Set<string>() };
  const telling = /^(name|email|slug|domain|summary|description|hostname|address|label|title|requester|credential_id)$/;
  for (const { schema, name } of all) {
    for (const [who, tenantId] of [['mine', mine], ['theirs', theirs]] as const) {
      const { rows } = await root.query<{ row: Record<string, unknown> }>(`select to_jsonb(t) as row from ${schema}."${name}" t where tenant_id = $1 limit 200`, [tenantId]);
      for (const { row } of rows) for (const [column, value] of Object.entries(row)) if (telling.test(column) && typeof value === 'string' && value.length >= 5) found[who].add(value);
    }
  }
  return [...found.mine].filter((text) => !found.theirs.has(text));
} // prettier-ignore

/** Everything that a tenant has, by table: which rows, and what is in them that a clock does not move by itself. */
export async function snapshot(root: pg.Client, tenantId: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const { schema, name } of await tablesOf(root)) {
    // Evidence goes on by itself: the sealer links what was written before, and the tenant hears of these very attempts.
    if (/^(audit_(entries|unsealed|segments|anchors)|security_(events|sightings))/.test(name) || ['events', 'event_deliveries', 'mail_outbox', 'mails'].includes(name)) continue;
    const moved = `'{updated_at,last_seen_at,last_used_at,idle_expires_at,last_login_at,last_sync_at,next_sync_at,synced_at,checked_at,next_check_at,last_checked_at,checks,misses,last_result,sync,health}'::text[]`;
    const content = /^(cloud|drift|server|notification_deliveries)/.test(name) ? 't.id::text' : `(to_jsonb(t) - ${moved})::text`;
    const { rows } = await root.query<{ sum: string }>(`select coalesce(md5(string_agg(${content}, ',' order by t.id)), '') as sum from ${schema}."${name}" t where tenant_id = $1`, [tenantId]);
    found[name] = rows[0]!.sum;
  }
  return found;
} // prettier-ignore
