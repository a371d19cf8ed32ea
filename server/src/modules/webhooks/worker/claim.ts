import type { Database, Databases } from '#kernel/database.ts';
import { WEBHOOKS } from '../rules.ts';
import { allot, type Candidate } from './allot.ts';

export interface Lane extends Candidate {
  slots: number;
}

export interface ClaimDeps {
  databases: Databases;
  /** Tenants that are not suspended. */
  openTenants: () => Promise<ReadonlySet<string>>;
}

/** Any constant; it only has to be the same in every process. */
const CLAIM_LOCK = 7_305_801_122;
/** Seconds: a worker that has not been heard of for so long is gone, and its lanes are another's. */
const LEASE = 10;
/** Milliseconds until a lane of a suspended tenant is looked at again; when it is activated they are called up at once. */
const SUSPENDED = 60_000;

const IS_DUE = `l.due_at <= $1 and (l.closed_until is null or l.closed_until <= $1) and (l.holder is null or l.held_until < now())
  and w.state in ('active', 'failing')`;
/** No more of a tenant than it may have: whoever has hundreds of slow receivers would be all that is looked at. */
const DUE = {
  name: 'webhooks_due',
  text: `
with taken as (select tenant_id, sum(slots)::int as slots from webhook_lanes where holder is not null and held_until >= now() group by 1),
turns as (
  select l.tenant_id, l.id, coalesce(t.slots, 0) as taken, row_number() over (partition by l.tenant_id order by l.served_at) as turn
  from webhook_lanes l join webhooks w on w.tenant_id = l.tenant_id and w.id = l.id left join taken t on t.tenant_id = l.tenant_id
  where ${IS_DUE})
select l.tenant_id as "tenantId", l.id, l.earned, w.state, w.ordered, w.rate, turns.taken
from turns join webhook_lanes l on l.tenant_id = turns.tenant_id and l.id = turns.id join webhooks w on w.tenant_id = l.tenant_id and w.id = l.id
where turns.turn + turns.taken <= ${WEBHOOKS.perTenant} and ${IS_DUE}
order by l.served_at limit $2 for update of l skip locked`,
};
const HOLD = {
  name: 'webhooks_hold',
  text: `update webhook_lanes l set holder = $1, held_until = now() + interval '${LEASE} seconds', slots = t.slots
from unnest($2::uuid[], $3::uuid[], $4::smallint[]) as t (tenant_id, id, slots) where l.tenant_id = t.tenant_id and l.id = t.id`,
};
const WAIT = {
  name: 'webhooks_wait',
  text: `update webhook_lanes l set due_at = $1 from unnest($2::uuid[], $3::uuid[]) as t (tenant_id, id) where l.tenant_id = t.tenant_id and l.id = t.id`,
};
const KEEP = {
  name: 'webhooks_keep',
  text: `update webhook_lanes set held_until = now() + interval '${LEASE} seconds' where holder = $1 and held_until >= now() returning id`,
};

const keysOf = (lanes: readonly Candidate[]): [string[], string[]] => [lanes.map(({ tenantId }) => tenantId), lanes.map(({ id }) => id)];

async function claimIn(db: Database, open: ReadonlySet<string>, holder: string, room: number, now: Date): Promise<Lane[]> {
  const { $client: client } = db;
  const { rows: due } = await client.query<Candidate & { taken: number }>({ ...DUE, values: [now, room * 4] });
  if (due.length === 0) return [];
  const [waiting, closed] = [due.filter(({ tenantId }) => open.has(tenantId)), due.filter(({ tenantId }) => !open.has(tenantId))];
  if (closed.length > 0) await client.query({ ...WAIT, values: [new Date(now.getTime() + SUSPENDED), ...keysOf(closed)] });
  const given = allot(waiting, new Map(waiting.map(({ tenantId, taken }) => [tenantId, taken])), room);
  const lanes = given.map(({ lane, slots }) => ({ ...lane, slots }));
  if (lanes.length > 0) await client.query({ ...HOLD, values: [holder, ...keysOf(lanes), lanes.map(({ slots }) => slots)] });
  return lanes;
}

/**
 * Lanes that have something to send, with the attempts at once that each may have; they are this worker's until it lets go of them or
 * is not heard of. One process at a time claims, so that all together keep within what a tenant may have.
 */
export async function claim({ databases, openTenants }: ClaimDeps, holder: string, room: number, now: Date): Promise<Lane[]> {
  const open = await openTenants();
  return databases.platform(
    'claim webhooks',
    async (db) => {
      await db.$client.query('select pg_advisory_xact_lock($1)', [CLAIM_LOCK]);
      return claimIn(db, open, holder, room, now);
    },
    { flush: 'later' },
  );
}

/** Says that this worker lives; answers the lanes that are still its own. */
export const keep = (databases: Databases, holder: string): Promise<Set<string>> =>
  databases.lookUp(async (db) => new Set((await db.$client.query<{ id: string }>({ ...KEEP, values: [holder] })).rows.map(({ id }) => id)));

const LOCK = { name: 'webhooks_release_lock', text: 'select 1 from webhook_lanes where tenant_id = $1 and id = $2 and holder = $3 for update' };
const RELEASE = {
  name: 'webhooks_release',
  text: `
update webhook_lanes l set holder = null, held_until = null, slots = 0, served_at = now(), due_at = greatest(l.closed_until, $4::timestamptz, (
  select case when $3 then (select d.next_at from webhook_deliveries d
      where d.tenant_id = $1 and d.webhook_id = $2 and d.state = 'waiting' order by d.sequence limit 1)
    else (select min(d.next_at) from webhook_deliveries d where d.tenant_id = $1 and d.webhook_id = $2 and d.state = 'waiting') end))
where l.tenant_id = $1 and l.id = $2
  and exists (select from webhook_deliveries d where d.tenant_id = $1 and d.webhook_id = $2 and d.state = 'waiting')`,
};
const REST = {
  name: 'webhooks_rest',
  text: `update webhook_lanes set holder = null, held_until = null, slots = 0, served_at = now(), due_at = null where tenant_id = $1 and id = $2`,
};

/**
 * Lets go of a lane, with a note of when there is something to send next, and not before `notBefore`. The row is locked before anybody
 * looks: what is made for it at this moment is either seen by us, or calls the lane up after us.
 */
export const release = (databases: Databases, holder: string, { tenantId, id, ordered }: Lane, notBefore: Date | null): Promise<unknown> =>
  databases.platform(
    'let go of a webhook',
    async ({ $client: client }) => {
      const { rowCount } = await client.query({ ...LOCK, values: [tenantId, id, holder] });
      if (rowCount === 0) return;
      const released = await client.query({ ...RELEASE, values: [tenantId, id, ordered, notBefore] });
      if (released.rowCount === 0) await client.query({ ...REST, values: [tenantId, id] });
    },
    { flush: 'later' },
  );
