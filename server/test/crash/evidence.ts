import pg from 'pg';

/** What is left in the database of one Change, read past every layer of ours. */
export interface Evidence {
  state: string;
  name: string;
  attempt: number;
  problem: string | null;
  /** Results of audit entries, oldest first. */
  audit: string[];
  /** States in the order in which the log has them. */
  states: string[];
  /** How often each step was recorded as done. */
  done: Record<string, number>;
  /** Steps that are not done now. */
  open: string[];
}

const SQL = `
  select c.id, c.state, c.attempt, c.input->>'name' as name, c.problem->>'type' as problem,
    coalesce((select json_agg(a.result order by a.id) from audit_entries a where a.change_id = c.id), '[]') as audit,
    coalesce((select json_agg(l.data->>'state' order by l.seq) from change_log l where l.change_id = c.id and l.event = 'state'), '[]') as states,
    coalesce((select json_object_agg(key, n) from (
      select l.data->>'key' as key, count(*) as n from change_log l
      where l.change_id = c.id and l.event = 'step' and l.data->>'status' = 'done' group by 1) d), '{}') as done,
    coalesce((select json_agg(s.key || ' ' || s.status) from change_steps s where s.change_id = c.id and s.status <> 'done'), '[]') as open
  from changes c order by c.number`;

export async function query<R extends pg.QueryResultRow>(url: string, sql: string, values: unknown[] = []): Promise<R[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<R>(sql, values)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Every Change of the database. `url` must be the owner's. */
export const evidence = async (url: string): Promise<Map<string, Evidence>> =>
  new Map((await query<Evidence & { id: string }>(url, SQL)).map(({ id, ...found }) => [id, found]));
