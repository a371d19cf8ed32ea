import { Problem } from '#kernel/problem.ts';
import type { Work } from '#kernel/work.ts';
import { ask, resumed, send } from './calls.ts';
import type { Mutation } from './journal.ts';
import { classOf } from './provider-problems.ts';
import {
  CloudProviders,
  type Accepted,
  type ActionState,
  type CloudProvider,
  type LatestAction,
  type ObservedServer,
  type ServerCalls,
} from './providers/port.ts';
import type { ServerRow } from './tables.ts';

export const gone = (row: Pick<ServerRow, 'name'>): Problem =>
  new Problem(
    'resource-gone',
    `"${row.name}" does not exist at the provider any more: it was deleted outside Switchyard. The next pass opens a drift finding to decide on.`,
  );

/** The server as the provider shows it now; undefined when it is gone, or was never made. */
export const observe = (work: Work, row: ServerRow): Promise<ObservedServer | undefined> =>
  row.externalId === null ? Promise.resolve(undefined) : ask(work, row.connectionId, (cloud) => cloud.servers.get(row.externalId!));

/** The effect of a call on an existing server: an action of its kind that is newer than what was seen before the call. */
async function effectOf(
  cloud: CloudProvider,
  externalId: string,
  method: LatestAction['method'],
  before: number | null,
): Promise<Accepted | undefined> {
  if (!(await cloud.servers.get(externalId))) return method === 'delete' ? { externalId, action: null } : undefined;
  const latest = await cloud.servers.latest(externalId);
  return latest?.method === method && latest.sequence > (before ?? Number.MAX_SAFE_INTEGER) ? { externalId, action: latest.token } : undefined;
}

interface Act {
  /** Unique within the Change, undoing included. */
  key: string;
  title: string;
  method: LatestAction['method'];
  call: (servers: ServerCalls, externalId: string) => Promise<Accepted>;
}

/** One recorded step that sends one action to an existing server. */
export function act(work: Work, row: ServerRow, { key, title, method, call }: Act): Promise<Accepted> {
  const externalId = row.externalId!;
  const mutation = (sequenceBefore: number | null): Mutation => ({
    connectionId: row.connectionId,
    serverId: row.id,
    key,
    input: { key, externalId },
    sequenceBefore,
    act: (cloud) => call(cloud.servers, externalId),
    find: (cloud, before) => effectOf(cloud, externalId, method, before),
  });
  return work.step(
    key,
    title,
    async () => {
      const seen = await observe(work, row);
      if (!seen && method === 'delete') return { externalId, action: null };
      if (!seen) throw gone(row);
      return send(work, mutation(seen.sequence));
    },
    () => resumed(work, mutation(null)),
  );
}

/** A recorded step whose effect is there when the answer comes; sending it twice does no harm. */
export function set(work: Work, row: ServerRow, key: string, title: string, call: Act['call']): Promise<Accepted> {
  const externalId = row.externalId!;
  const mutation: Mutation = {
    connectionId: row.connectionId,
    serverId: row.id,
    key,
    input: { key, externalId },
    sequenceBefore: null,
    act: (cloud) => call(cloud.servers, externalId),
    find: () => Promise.resolve(undefined),
  };
  return work.step(key, title, () => send(work, mutation));
}

/** A wait that ran out of time, said in the provider's terms. */
async function inTime<T>(title: string, wait: Promise<T>): Promise<T> {
  try {
    return await wait;
  } catch (error) {
    if (error instanceof Problem && error.slug === 'deadline-exceeded')
      throw new Problem('provider-timeout', `${title}: the provider did not get there in time. ${error.message}`, {}, { cause: error });
    throw error;
  }
}

const waitOptions = (work: Work) => {
  const { pollMs, stuckSeconds } = work.provider(CloudProviders).pace;
  return { everyMs: pollMs, timeoutSeconds: stuckSeconds };
};

/** Waits for all actions with one call at a time, however many there are. Throws `provider-action-failed` when one fails. */
export async function actionsEnd(work: Work, connectionId: string, accepted: readonly Accepted[], title: string): Promise<void> {
  const tokens = accepted.flatMap(({ action }) => action ?? []);
  if (tokens.length === 0) return;
  let shown = 0;
  const poll = async (): Promise<true | undefined> => {
    const states: ActionState[] = await ask(work, connectionId, (cloud) => cloud.poll(tokens)).catch((error: unknown) => {
      if (classOf(error) === 'not_found') return []; // forgotten at the provider, so it has ended; the state of the servers tells how
      throw error;
    });
    const failed = states.find((state) => state.status === 'failed');
    if (failed)
      throw new Problem('provider-action-failed', `${title}: the provider answered: ${failed.message} (${failed.code}).`, {
        provider: { code: failed.code },
      });
    const percent = states.reduce((sum, state) => sum + (state.status === 'running' ? state.progress : 100), 0) / Math.max(1, states.length);
    if (percent - shown >= 10) await work.progress(10 + percent * 0.8, title);
    shown = Math.max(shown, percent);
    return states.every((state) => state.status === 'succeeded') ? true : undefined;
  };
  await inTime(title, work.until(title, poll, waitOptions(work)));
}

/** Waits until the provider shows the server as wanted. Throws `resource-gone` when it vanishes meanwhile. */
export const seenAs = (work: Work, row: ServerRow, title: string, wanted: (seen: ObservedServer) => boolean): Promise<ObservedServer> =>
  inTime(
    title,
    work.until(
      title,
      async () => {
        const seen = await observe(work, row);
        if (!seen) throw gone(row);
        return wanted(seen) ? seen : undefined;
      },
      waitOptions(work),
    ),
  );

/** Waits until the provider no longer knows the server. */
export const seenGone = (work: Work, row: ServerRow): Promise<true> =>
  inTime(
    `Deletion of ${row.name}`,
    work.until(`Deletion of ${row.name}`, async () => ((await observe(work, row)) ? undefined : true), waitOptions(work)),
  );
