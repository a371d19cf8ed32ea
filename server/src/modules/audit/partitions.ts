import { idAt } from '#kernel/ids.ts';
import { secureNew } from '#kernel/tenant-security.ts';
import type { Query, Upkeep } from '#kernel/upkeep.ts';

/** Months that are there ahead of time. */
const AHEAD = 3;

const monthOf = (at: Date, plus: number): Date => new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + plus, 1));
const nameOf = (month: Date): string => `audit_entries_${month.toISOString().slice(0, 7).replace('-', '_')}`;

/** Partitions of single months, oldest first. */
export async function monthsThere(query: Query): Promise<{ name: string; month: Date }[]> {
  const { rows } = await query(`select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'audit_entries'::regclass and c.relname ~ '^audit_entries_\\d{4}_\\d{2}$' order by 1`);
  return rows.map((row) => {
    const name = String(row['name']);
    return { name, month: new Date(`${name.slice(14).replace('_', '-')}-01T00:00:00.000Z`) };
  });
}

/** The month's partitions, made between the last one and all that lies beyond; entries that already lie beyond are moved. */
async function make(query: Query, month: Date): Promise<string[]> {
  const name = nameOf(month);
  const [from, to] = [idAt(month), idAt(monthOf(month, 1))];
  await query(`
    alter table audit_entries detach partition audit_entries_future;
    create table ${name} partition of audit_entries for values from ('${from}') to ('${to}') partition by list (kept);
    create table ${name}_reads partition of ${name} for values in ('reads');
    create table ${name}_evidence partition of ${name} default;
    alter table audit_entries_future no force row level security;
    with moved as (delete from audit_entries_future where id < '${to}' returning *) insert into ${name} select * from moved;
    alter table audit_entries_future force row level security;
    alter table audit_entries attach partition audit_entries_future for values from ('${to}') to (maxvalue)`);
  return [name, `${name}_reads`, `${name}_evidence`];
}

/** Makes the months up to three ahead that are not there yet, in order. Answers the names of new partitions. */
export const makeMonths = (upkeep: Upkeep, at: Date): Promise<string[]> =>
  upkeep(async (query) => {
    const last = (await monthsThere(query)).at(-1)!.month;
    const made: string[] = [];
    const end = monthOf(at, AHEAD);
    for (let month = monthOf(last, 1); month <= end; month = monthOf(month, 1)) made.push(...(await make(query, month)));
    if (made.length > 0) await secureNew(query, made);
    return made;
  });
