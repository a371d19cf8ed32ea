import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { ApiProblem, Unreachable, type ProblemBody } from './exit.ts';
import type { Io } from './io.ts';
import type { Target } from './target.ts';

export interface Answer {
  status: number;
  headers: Headers;
  /** Parsed JSON, or undefined when the answer is a file. */
  body: unknown;
  bytes: Uint8Array;
}

export interface Request {
  query?: readonly (readonly [string, string])[];
  body?: unknown;
  headers?: Record<string, string>;
  /** Sent once and without a key: a repetition is answered with what may be kept, which secrets are not. */
  once?: true;
}

export interface Api {
  target: Target;
  request: (method: string, path: string, options?: Request) => Promise<Answer>;
  /** An open answer whose body is read as it comes, until `signal`. */
  open: (path: string, signal: AbortSignal, headers?: Record<string, string>) => Promise<Response>;
}

/** A call with a key or without effect may be sent again when the connection broke or the process was leaving. */
const RETRIES = 2;
const RETRY_MS = 300;

const reasonOf = (error: unknown): string => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : (error as Error);
  return (cause as NodeJS.ErrnoException).code ?? cause.message;
};

const isJson = (response: Response): boolean => /[/+]json\b/.test(response.headers.get('content-type') ?? '');

function problemOf(response: Response, body: unknown, url: string): Error {
  const problem = body as ProblemBody | undefined;
  if (typeof problem?.type === 'string' && typeof problem.title === 'string') return new ApiProblem(problem);
  return new Unreachable(`${url} answered ${response.status}, but not as Switchyard does. Is the address right?`);
}

async function answerOf(response: Response, url: string): Promise<Answer> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const file = response.headers.has('content-disposition');
  let body: unknown;
  if (isJson(response) && !file && bytes.length > 0) {
    try {
      body = JSON.parse(new TextDecoder().decode(bytes));
    } catch {
      throw new Unreachable(`${url} answered with broken JSON`);
    }
  }
  if (!response.ok) throw problemOf(response, body, url);
  return { status: response.status, headers: response.headers, body, bytes };
}

/** The REST interface of one installation, as one caller. */
export function createApi(io: Io, target: Target, version: string): Api {
  const headers = (): Record<string, string> => ({
    Accept: 'application/json',
    'User-Agent': `switchyard-cli/${version}`,
    'X-Switchyard-Client': `cli/${version}`,
    ...(target.token ? { Authorization: `Bearer ${target.token}` } : {}),
    ...(target.tenant ? { 'X-Switchyard-Tenant': target.tenant } : {}),
  });

  async function send(path: string, { signal = io.signal, ...init }: RequestInit, mayRepeat: boolean): Promise<Response> {
    for (let attempt = 0; ; attempt++) {
      const again = mayRepeat && attempt < RETRIES;
      try {
        const response = await io.fetch(`${target.url}${path}`, { ...init, signal, redirect: 'error' });
        if (response.status !== 503 || !again) return response;
        await response.body?.cancel();
      } catch (error) {
        if (signal?.aborted) throw error;
        if (!again)
          throw new Unreachable(
            `${target.url} does not answer (${reasonOf(error)}). Is the server running, and is the address right? (--url, SWITCHYARD_URL)`,
            { cause: error },
          );
      }
      await pause(RETRY_MS * 2 ** attempt, undefined, { signal: io.signal });
    }
  }

  return {
    target,
    async request(method, path, { query = [], body, headers: more = {}, once } = {}) {
      const search = new URLSearchParams(query.map(([name, value]): [string, string] => [name, value])).toString();
      const key = method === 'GET' || once ? {} : { 'Idempotency-Key': randomUUID() };
      const json = body === undefined ? {} : { 'Content-Type': 'application/json' };
      const init = { method, headers: { ...headers(), ...key, ...json, ...more }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
      return answerOf(await send(`${path}${search ? `?${search}` : ''}`, init, !once), target.url);
    },
    async open(path, signal, more = {}) {
      const response = await send(path, { signal, headers: { ...headers(), Accept: 'text/event-stream', ...more } }, false);
      if (!response.ok) await answerOf(response, target.url);
      return response;
    },
  };
}
