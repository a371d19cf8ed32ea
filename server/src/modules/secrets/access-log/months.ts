import type { Clock } from '#kernel/clock.ts';
import type { Databases } from '#kernel/database.ts';
import { and, eq, lt } from '#kernel/drizzle.ts';
import type { LegalHolds } from '#kernel/holds.ts';
import { idAt } from '#kernel/ids.ts';
import { secureNew } from '#kernel/tenant-security.ts';
import type { Query, Upkeep } from '#kernel/upkeep.ts';
import { DAY_MS, LIMITS } from '../rules.ts';
import { secretAccessLogs } from '../tables.ts';

/** Months that are there ahead of time. */
const AHEAD = 3;
const TABLE = 'secret_access_logs';

const monthOf = (at: Date, plus: number): Date => new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + plus, 1));
const nameOf = (month: Date): string => `${TABLE}_${month.toISOString().slice(0, 7).replace('-', '_')}`;

/** Partitions of single months, oldest first. */
async function monthsThere(query: Query): Promise<{ name: string; month: Date }[]> {
  const { rows } = await query(`select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = '${TABLE}'::regclass and c.relname ~ '^${TABLE}_\\d{4}_\\d{2}$' order by 1`);
  return rows.map((row) => {
    const name = String(row['name']);
    return { name, month: new Date(`${name.slice(TABLE.length + 1).replace('_', '-')}-01T00:00:00.000Z`) };
  });
}

/** The month's partition, between the last one and all that lies beyond; entries that already lie beyond are moved. */
async function make(query: Query, month: Date): Promise<string> {
  const name = nameOf(month);
  const [from, to] = [idAt(month), idAt(monthOf(month, 1))];
  await query(`
    alter table ${TABLE} detach partition ${TABLE}_future;
    create table ${name} partition of ${TABLE} for values from ('${from}') to ('${to}');
    alter table ${TABLE}_future no force row level security;
    with moved as (delete from ${TABLE}_future where id < '${to}' returning *) insert into ${name} select * from moved;
    alter table ${TABLE}_future force row level security;
    alter table ${TABLE} attach partition ${TABLE}_future for values from ('${to}') to (maxvalue)`);
  return name;
}

const makeMonths = (upkeep: Upkeep, at: Date): Promise<string[]> =>
  upkeep(async (query) => {
    const last = (await monthsThere(query)).at(-1)!.month;
    const made: string[] = [];
    for (let month = monthOf(last, 1); month <= monthOf(at, AHEAD); month = monthOf(month, 1)) made.push(await make(query, month));
    if (made.length > 0) await secureNew(query, made);
    return made;
  });

interface Deps {
  databases: Databases;
  upkeep: Upkeep;
  holds: LegalHolds;
  now: Clock;
}

/** Deletes what is older than 400 days, tenant by tenant, but for those under a legal hold. Answers how much, and whether something is held. */
async function letGo({ databases, holds }: Deps, until: Date): Promise<{ removed: number; held: boolean }> {
  return databases.platform('let old entries of the access log go', async (db) => {
    const old = lt(secretAccessLogs.id, idAt(until));
    const found = await db.selectDistinct({ tenantId: secretAccessLogs.tenantId }).from(secretAccessLogs).where(old);
    let removed = 0;
    let held = false;
    for (const { tenantId } of found) {
      if (await holds.isHeld(db, tenantId)) held = true;
      else removed += (await db.delete(secretAccessLogs).where(and(eq(secretAccessLogs.tenantId, tenantId), old))).rowCount ?? 0;
    }
    return { removed, held };
  });
}

/** Makes the months that are to come; lets entries go after 400 days, and with them months that are empty for good. */
export async function keepMonths(deps: Deps): Promise<{ made: string[]; dropped: string[]; removed: number }> {
  const at = deps.now();
  const made = await makeMonths(deps.upkeep, at);
  const until = new Date(at.getTime() - LIMITS.logDays * DAY_MS);
  const { removed, held } = await letGo(deps, until);
  const dropped = held
    ? []
    : await deps.upkeep(async (query) => {
        const over = (await monthsThere(query)).filter(({ month }) => monthOf(month, 1) <= until);
        if (over.length === 0) return [];
        // What lies before the months goes up to the first that stays, so that there is no gap.
        await query(`
          alter table ${TABLE} detach partition ${TABLE}_past;
          drop table ${over.map(({ name }) => name).join(', ')};
          alter table ${TABLE} attach partition ${TABLE}_past for values from (minvalue) to ('${idAt(monthOf(over.at(-1)!.month, 1))}')`);
        return over.map(({ name }) => name);
      });
  return { made, dropped, removed };
}
