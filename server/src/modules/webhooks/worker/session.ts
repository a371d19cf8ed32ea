import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '#kernel/clock.ts';
import type { Databases } from '#kernel/database.ts';
import { within } from '#kernel/whereabouts.ts';
import type { Courier, Sent } from '../providers/port.ts';
import { messageIdOf } from '../rules.ts';
import type { Lane } from './claim.ts';
import type { Pace } from './pace.ts';
import type { Due, Settle } from './settle.ts';

/** Where a webhook's messages go, and what signs them. */
export interface Target {
  url: string;
  secrets: readonly string[];
  headers: Readonly<Record<string, string>>;
  /** Why nothing can be sent, such as a secret in its headers that is gone: every attempt fails by it. */
  fault?: string;
}

export interface SessionDeps {
  databases: Databases;
  now: Clock;
  pace: Pace;
  settle: Settle;
  courier: () => Courier;
  target: (lane: Lane) => Promise<Target | undefined>;
  /** Told of each attempt, for metrics; `due` is of the event that it brought. */
  attempted: (outcome: string, secondsSinceCommit: number) => void;
}

/** Milliseconds: after so long somebody else has their turn. */
const TURN = 2_000;
const FETCHED = 50;

const COLUMNS = `d.tenant_id as "tenantId", d.id, d.webhook_id as "webhookId", d.event_id as "eventId", d.type, d.attempts, d.round,
  d.occurred_at as "occurredAt", d.next_at as "nextAt", p.body`;
const FROM = `from webhook_deliveries d left join webhook_payloads p on p.tenant_id = d.tenant_id and p.id = d.id
where d.tenant_id = $1 and d.webhook_id = $2 and d.state = 'waiting'`;
const DUE = { name: 'webhooks_fetch', text: `select ${COLUMNS} ${FROM} and d.next_at <= $3 and d.id <> all ($4::uuid[]) order by d.next_at, d.sequence limit $5` }; // prettier-ignore
/** Whatever its time: the first holds up the others. */
const FIRST = { name: 'webhooks_fetch_in_order', text: `select ${COLUMNS} ${FROM} order by d.sequence limit $3` };

const unsent = (at: Date, error: string): Sent => ({
  outcome: 'forbidden', at, ms: 0, status: null, error, requestHeaders: {}, responseHeaders: null, responseBody: null, retryAfterMs: 0, abort: false,
}); // prettier-ignore

type Fetched = Due & { nextAt: Date };

async function fetch({ databases, now }: SessionDeps, { tenantId, id, ordered, state }: Lane, busy: readonly string[]): Promise<Fetched[]> {
  const most = state === 'failing' ? 1 : FETCHED;
  const query = ordered ? { ...FIRST, values: [tenantId, id, most] } : { ...DUE, values: [tenantId, id, now(), busy, most] };
  const { rows } = await databases.lookUp((db) => db.$client.query<Fetched>(query));
  if (!ordered) return rows;
  const early = rows.findIndex(({ nextAt }) => nextAt > now());
  return early === -1 ? rows : rows.slice(0, early);
}

/**
 * Sends what a lane has, as many at once as it was given, until nothing is due, its turn is over, its receiver fails or the worker is no
 * longer `isOn`; `signal` breaks off what is under way. Answers when it may be looked at again at the earliest.
 */
export async function serve(deps: SessionDeps, lane: Lane, signal: AbortSignal, isOn: () => boolean): Promise<Date | null> {
  const target = await deps.target(lane);
  if (!target) return null;
  const end = performance.now() + TURN;
  const busy = new Set<string>();
  let fetched: Fetched[] = [];
  let fetching: Promise<void> | undefined;
  let isOver = false;
  let notBefore: Date | null = null;

  async function look(): Promise<void> {
    const rows = await fetch(deps, lane, [...busy]);
    fetched = rows.filter(({ id }) => !busy.has(id));
  }

  async function next(): Promise<Due | undefined> {
    while (!isOver && !signal.aborted && isOn() && performance.now() < end) {
      const due = fetched.shift();
      if (due) return due;
      const isFirst = fetching === undefined;
      await (fetching ??= look().finally(() => (fetching = undefined)));
      // Whoever shares the look of another may find that others were faster, and looks once more.
      if (isFirst && fetched.length === 0) return undefined;
    }
    return undefined;
  }

  async function carry(due: Due): Promise<void> {
    if (due.body === null) return void (await deps.settle({ due, url: target!.url, sent: null }));
    const wait = deps.pace.take(lane.id, lane.rate);
    if (wait > TURN) {
      notBefore = new Date(deps.now().getTime() + wait);
      isOver = true;
      return;
    }
    if (wait > 0) await pause(wait);
    const { url, secrets, headers, fault } = target!;
    const message = { url, secrets, headers, id: messageIdOf(due.eventId), body: due.body };
    const sent =
      fault === undefined
        ? await within({ tenantId: due.tenantId, deliveryId: due.id }, () => deps.courier().send(message, signal))
        : unsent(deps.now(), fault);
    // What we broke off ourselves says nothing of the receiver.
    if (signal.aborted && sent.outcome !== 'delivered') return;
    deps.attempted(sent.outcome, (sent.at.getTime() + sent.ms - due.occurredAt.getTime()) / 1_000);
    const mayGoOn = await deps.settle({ due, url: target!.url, sent });
    if (!mayGoOn || (lane.ordered && sent.outcome !== 'delivered') || lane.state === 'failing') isOver = true;
  }

  async function slot(): Promise<void> {
    for (;;) {
      const due = await next();
      if (!due) return;
      busy.add(due.id);
      await carry(due).finally(() => busy.delete(due.id));
    }
  }

  // One that fails is told once the others have ended: a lane that is let go of before would be sent the same by somebody else.
  const faults: unknown[] = [];
  const broken = (error: unknown): void => {
    isOver = true;
    faults.push(error);
  };
  await Promise.all(Array.from({ length: lane.slots }, () => slot().catch(broken)));
  if (faults.length > 0) throw faults[0];
  return notBefore;
}
