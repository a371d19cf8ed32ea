import { setTimeout as pause } from 'node:timers/promises';
import { createApi } from '../../sdk/src/cli/api.ts';
import { ApiProblem, slugOf, type ProblemBody } from '../../sdk/src/cli/exit.ts';
import type { Change } from '../../sdk/src/cli/follow.ts';
import type { Config } from './config.ts';

const POLL_MS = 250;
const LOOK_MS = 15_000;
/** The longest that a Change may take which nobody has to agree to. */
const LONGEST_MS = 15 * 60_000;

type Json = Record<string, any>; // oxlint-disable-line typescript/no-explicit-any -- each line reads what its Operation answers

/** The installation as one person who works in it, and another who agrees. */
export interface Installation {
  /** A page outside of the API, as it is answered to anybody; redirects are not followed. */
  look: (path: string) => Promise<Response>;
  read: (path: string) => Promise<Json>;
  /** One Operation to its end, through whoever has to agree; answers what came of it. */
  does: (method: 'POST' | 'DELETE', path: string, body?: object) => Promise<Json>;
  /** Waits for what was begun and left when the test was stopped: nothing is taken away from under it. What nobody has agreed to is called off. */
  settle: () => Promise<void>;
  /** Every item of a list. */
  all: (path: string) => Promise<Json[]>;
}

/** A refusal or failure as people are told it. */
export const wordsOf = (problem: ProblemBody): string =>
  [`${problem.title} (${slugOf(problem)})`, problem.detail, ...(problem.errors ?? []).map(({ pointer, message }) => `${pointer}: ${message}`)]
    .filter(Boolean)
    .join(': ');

export const isProblem = (error: unknown, ...slugs: string[]): boolean => error instanceof ApiProblem && slugs.includes(slugOf(error.body));

type Ask = (method: string, path: string, body?: object) => Promise<{ status: number; body: Json }>;

/** Calls in somebody's name. None is cut off whose effect nobody would know. */
function caller({ url }: Config, token: string): Ask {
  const { stdin, stdout, stderr, env } = process;
  const io = { stdin, stdout, stderr, env, fetch: globalThis.fetch, signal: new AbortController().signal };
  const api = createApi(io, { url, token, tenant: undefined, context: 'staging' }, 'staging');
  return async (method, path, body) => {
    const answer = await api.request(method, `/api/v1${path}`, body === undefined ? {} : { body });
    return { status: answer.status, body: answer.body ?? {} };
  };
}

/** Changes to their ends: agreed to by whoever the second key is of, or by a person who is waited for. */
function following(config: Config, ask: Ask, signal: AbortSignal, say: (line: string) => void) {
  const open = new Set<string>();
  const other = config.approverKey === undefined ? undefined : caller(config, config.approverKey);

  async function agree({ id, number, operation }: Change): Promise<void> {
    if (!other) return say(`${number} (${operation}) waits until somebody else agrees to it in the application, for ${config.approvalMinutes} minutes at most`);
    const { body: seen } = await other('GET', `/changes/${id}`);
    await other('POST', `/changes/${id}/approve`, { planHash: seen['planHash'] });
  } // prettier-ignore

  return {
    async ended(change: Change): Promise<Json> {
      const waits = change.state === 'awaiting_approval';
      open.add(change.id);
      if (waits) await agree(change);
      const end = Date.now() + LONGEST_MS + (waits && !other ? config.approvalMinutes * 60_000 : 0);
      for (;;) {
        const { body } = await ask('GET', `/changes/${change.id}`);
        if (body['endedAt']) {
          open.delete(change.id);
          return body;
        }
        if (Date.now() > end)
          throw new Error(`${change.number} (${change.operation}) is still ${String(body['state'])}; look at it in the application`);
        await pause(POLL_MS, undefined, { signal });
      }
    },
    async settle(): Promise<void> {
      for (const id of open)
        for (const end = Date.now() + LONGEST_MS; Date.now() < end; await pause(POLL_MS)) {
          const { body } = await ask('GET', `/changes/${id}`);
          if (body['endedAt']) break;
          if (body['state'] === 'awaiting_approval') await ask('POST', `/changes/${id}/cancel`, {});
        }
    },
  };
}

async function look({ url }: Config, signal: AbortSignal, path: string): Promise<Response> {
  try {
    return await fetch(`${url}${path}`, { redirect: 'manual', signal: AbortSignal.any([signal, AbortSignal.timeout(LOOK_MS)]) });
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    throw new Error(`${url} does not answer: ${cause instanceof Error ? cause.message : String(cause)}`, { cause: error });
  }
}

/** What can be asked of it until `signal`; nothing is begun after that. @param say tells that somebody is waited for */
export function openInstallation(config: Config, signal: AbortSignal, say: (line: string) => void): Installation {
  const ask = caller(config, config.apiKey);
  const changes = following(config, ask, signal, say);
  const begin: Ask = async (...call) => {
    signal.throwIfAborted();
    return ask(...call);
  };
  return {
    look: (path) => look(config, signal, path),
    read: async (path) => (await begin('GET', path)).body,
    settle: () => changes.settle(),
    async does(method, path, body) {
      const asked = await begin(method, path, body ?? (method === 'POST' ? {} : undefined));
      if (asked.status !== 202) return asked.body;
      const done = await changes.ended(asked.body['change'] as Change);
      if (done['state'] === 'succeeded') return done['outcome'] as Json;
      const problem = done['problem'] as ProblemBody | null;
      throw problem ? new ApiProblem(problem) : new Error(`${String(done['number'])} ended as ${String(done['state'])}`);
    },
    async all(path) {
      const found: Json[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const after: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
        const { body } = await begin('GET', `${path}${path.includes('?') ? '&' : '?'}limit=200${after}`);
        found.push(...(body['items'] as Json[]));
        cursor = (body['nextCursor'] as string | null) ?? null;
      }
      return found;
    },
  };
}
