import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

/** Somebody who calls whichever server answers. */
export interface Caller {
  key: string;
  /** Servers that may answer, as they are now. */
  urls: () => readonly string[];
}

interface Answer {
  status: number;
  body: Record<string, unknown>;
}

const TRIES = 120;
let turn = 0;

/**
 * One call, until a server has answered it: whoever is cut off does not know whether it was done, so they ask again, with the same
 * Idempotency-Key. Throws when nobody answers for half a minute.
 */
export async function call({ key, urls }: Caller, method: string, path: string, body?: object): Promise<Answer> {
  const once = randomUUID();
  const headers = { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json', ...(method === 'GET' ? {} : { 'Idempotency-Key': once }) };
  let last = '';
  for (let tries = 0; tries < TRIES; tries += 1) {
    const all = urls();
    const url = all[turn++ % all.length]!;
    try {
      const response = await fetch(`${url}/api/v1${path}`, {
        method,
        headers,
        signal: AbortSignal.timeout(20_000),
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      const said = (await response.json()) as Record<string, unknown>;
      if (response.status !== 502 && response.status !== 503) return { status: response.status, body: said };
      last = JSON.stringify(said);
    } catch (error) {
      last = (error as Error).message;
    }
    await pause(250);
  }
  throw new Error(`${method} ${path}: nobody answered: ${last}`);
}

export interface Done {
  /** Ids of Changes by what they were asked for with. */
  asked: Map<string, string>;
  /** Verdicts that were taken, by Change and who gave them. */
  decided: { changeId: string; by: string; verdict: 'approve' | 'reject' }[];
  reads: number;
  /** That were asked for. */
  servers: number;
  /** Answers that nobody expected. */
  odd: string[];
}

const slugOf = (body: Record<string, unknown>): string => String(body['type']).split('/').at(-1)!;
const changeOf = (body: Record<string, unknown>): { id: string } => body['change'] as { id: string };

/** As many servers as the simulated cloud has room for, with some left over: what is more is refused there, rightly, and rolled back. */
const MOST_SERVERS = 45;

/** Asks for Changes: quotas that somebody has to agree to, every fourth of which nobody will, and servers that are made at once. */
export async function requester(caller: Caller, name: string, connectionId: string, going: () => boolean, done: Done): Promise<void> {
  for (let n = 0; going(); n += 1) {
    const late = n % 4 === 3;
    const quota = `${late ? 'late' : 'mixed'}-${name}-${n}`;
    const wanted = await call(caller, 'PUT', `/limits/key:${quota}`, { perMinute: null, perHour: 1_000 + n, perDay: null });
    if (wanted.status === 202) done.asked.set(quota, changeOf(wanted.body).id);
    else done.odd.push(`limits.update ${quota}: ${wanted.status} ${JSON.stringify(wanted.body)}`);
    if (n % 3 === 0 && done.servers < MOST_SERVERS) {
      done.servers += 1;
      const server = `${name}-${n}`;
      const made = await call(caller, 'POST', '/servers', { connectionId, name: server, environment: 'lab', size: 'std-1', region: 'sim-eu-1', image: 'debian-13' }); // prettier-ignore
      if (made.status === 202) done.asked.set(server, changeOf(made.body).id);
      else done.odd.push(`servers.create ${server}: ${made.status} ${JSON.stringify(made.body)}`);
    }
    await pause(300);
  }
}

interface Waiting {
  id: string;
  changeId: string;
  summary: string;
}

/** All that wait for this caller: those that nobody is to decide on must not hide the others behind the first page. */
async function pending(caller: Caller, done: Done): Promise<Waiting[]> {
  const found: Waiting[] = [];
  for (let cursor = ''; ;) {
    const { status, body } = await call(caller, 'GET', `/approvals?status=pending&mine=assigned&limit=100${cursor && `&cursor=${cursor}`}`);
    if (status !== 200) done.odd.push(`approvals.list: ${status} ${JSON.stringify(body)}`);
    found.push(...((body['items'] ?? []) as Waiting[]));
    if (!body['nextCursor']) return found;
    cursor = String(body['nextCursor']);
  }
}

/** Decides on whatever waits, as others do at the same time; on every seventh with a no. */
export async function decider(caller: Caller, name: string, going: () => boolean, done: Done): Promise<void> {
  for (let n = 0; going();) {
    const waiting = (await pending(caller, done)).filter(({ summary }) => !summary.includes('late-'));
    for (const { id, changeId } of waiting) {
      const verdict = (n += 1) % 7 === 0 ? 'reject' : 'approve';
      const answer = await call(caller, 'POST', `/approvals/${id}/${verdict}`, verdict === 'reject' ? { comment: 'not now, thank you' } : {});
      if (answer.status === 200) done.decided.push({ changeId, by: name, verdict });
      // Somebody else was faster.
      else if (answer.status !== 409) done.odd.push(`approvals.${verdict}: ${answer.status} ${slugOf(answer.body)} ${JSON.stringify(answer.body)}`);
    }
    if (waiting.length === 0) await pause(200);
  }
}

/** Looks around. */
export async function reader(caller: Caller, going: () => boolean, done: Done): Promise<void> {
  const paths = ['/changes?limit=20', '/servers?limit=20', '/limits/me', '/notifications?limit=20', '/me'];
  for (let n = 0; going(); n += 1) {
    const path = paths[n % paths.length]!;
    const { status, body } = await call(caller, 'GET', path);
    if (status === 200) done.reads += 1;
    else done.odd.push(`GET ${path}: ${status} ${slugOf(body)}`);
    await pause(50);
  }
}
