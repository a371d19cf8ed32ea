import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { anthropicAnswer, anthropicStream, embeddingsOf, openAiAnswer, openAiStream } from './models-shapes.ts';

/** What it answers once. Without anything: an echo of the last message. */
export interface Turn {
  text?: string;
  /** Answered as text. */
  json?: unknown;
  /** Arguments that are text are sent as they stand, JSON or not. */
  toolCalls?: { name: string; arguments: unknown; id?: string }[];
  /** As the provider counts; a quarter of the letters when left out, and nothing at all with `null`. */
  usage?: { in: number; out: number } | null;
  finish?: 'stop' | 'length' | 'content-filter';
  /** An error instead of an answer, with this message. */
  status?: number;
  message?: string;
  retryAfter?: number | string;
  /** The connection breaks after so many pieces of the stream. */
  cutAfter?: number;
  /** The stream ends after so many pieces as if it were whole, and says nothing of an end. */
  stopAfter?: number;
  /** An error within the stream, after the text. */
  streamError?: string;
  /** Milliseconds until it answers. */
  slowMs?: number;
  /** Sent in place of an answer, whatever was asked for. */
  raw?: string;
  headers?: Record<string, string>;
}

/** What it was asked, in either shape. */
export interface AskedModel {
  path: string;
  headers: IncomingHttpHeaders;
  body: Record<string, unknown>;
  /** All texts of the request, as they were sent. */
  sent: string;
  /** Text of the last message. */
  last: string;
}

export interface Models {
  /** Speaks as OpenAI does. */
  url: string;
  /** Speaks as Anthropic does. */
  anthropicUrl: string;
  /** All requests for answers and vectors, in order. */
  asked: AskedModel[];
  /** What it answers next, one after the other. */
  script: Turn[];
  /** What it answers when the script is at its end. */
  otherwise: (asked: AskedModel) => Turn;
  /** The only key that it takes; any, and none, when undefined. */
  key: string | undefined;
  /** Connections that are open now. */
  open: () => number;
  close: () => Promise<void>;
}

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
};

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (Array.isArray(content)) return content.map(textOf).filter(Boolean).join('\n');
  const part = (content ?? {}) as { text?: unknown; content?: unknown };
  return part.text === undefined ? (part.content === undefined ? '' : textOf(part.content)) : textOf(part.text);
}

const json = (response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void =>
  void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));

function refuse(response: ServerResponse, isAnthropic: boolean, { status = 500, message = 'scripted failure', retryAfter }: Turn): void {
  const error = isAnthropic
    ? { type: 'error', error: { type: 'api_error', message } }
    : { error: { message, type: 'scripted', param: null, code: null } };
  json(response, status, error, retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) });
}

/** Events of a stream, with whatever the turn does to it. */
async function send(response: ServerResponse, events: readonly string[], { cutAfter, stopAfter, headers = {} }: Turn): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', ...headers });
  for (const [at, event] of events.entries()) {
    if (at === cutAfter) return void response.destroy();
    if (at === stopAfter) break;
    response.write(event);
    // Each in a piece of its own, as real ones come.
    await new Promise((done) => setImmediate(done));
  }
  response.end();
}

const ANSWERED: ReadonlySet<string> = new Set(['/v1/chat/completions', '/v1/messages', '/v1/embeddings']);
const LISTED = { object: 'list', data: ['small', 'large'].map((id) => ({ id, object: 'model' })) };
/** Each provider has a header of its own for it. */
const keyIn = ({ headers }: IncomingMessage): unknown => headers['x-api-key'] ?? headers['api-key'] ?? headers.authorization?.replace(/^Bearer /, '');

/** Models as far as our product needs them, on loopback: what they answer is written beforehand. */
export async function startModels(port = 0): Promise<Models> {
  const timers = new Set<NodeJS.Timeout>();
  const pause = (ms: number): Promise<void> =>
    new Promise((done) => {
      const timer = setTimeout(() => (timers.delete(timer), done()), ms);
      timers.add(timer);
    });
  const server = createServer((request, response) => void serve(request, response).catch(() => response.destroy())).listen(port, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let connections = 0;
  server.on('connection', (socket) => {
    connections++;
    socket.on('close', () => connections--);
  });

  /** What it answers to one request that is one. */
  async function answer(asked: AskedModel, response: ServerResponse, isAnthropic: boolean): Promise<void> {
    models.asked.push(asked);
    const turn = models.script.shift() ?? models.otherwise(asked);
    if (turn.slowMs !== undefined) await pause(turn.slowMs);
    if (turn.status !== undefined) return refuse(response, isAnthropic, turn);
    if (turn.raw !== undefined) return void response.writeHead(200, { 'content-type': 'application/json', ...turn.headers }).end(turn.raw);
    if (asked.path === '/v1/embeddings') return json(response, 200, embeddingsOf(asked.body));
    if (asked.body['stream'] !== true) return json(response, 200, (isAnthropic ? anthropicAnswer : openAiAnswer)(turn, asked));
    await send(response, (isAnthropic ? anthropicStream : openAiStream)(turn, asked), turn);
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const isAnthropic = request.url!.startsWith('/anthropic/');
    const path = request.url!.replace(/^\/anthropic/, '');
    const sent = await bodyOf(request);
    if (models.key !== undefined && keyIn(request) !== models.key) return refuse(response, isAnthropic, { status: 401, message: 'that is not the key' });
    if (request.method === 'GET' && path === '/v1/models') return json(response, 200, LISTED);
    if (request.method !== 'POST' || !ANSWERED.has(path)) return refuse(response, isAnthropic, { status: 404, message: `nothing is at ${path}` });
    const body = JSON.parse(sent) as Record<string, unknown>;
    const messages = (body['messages'] ?? []) as { content: unknown }[];
    await answer({ path, headers: request.headers, body, sent, last: textOf(messages.at(-1)?.content ?? '') }, response, isAnthropic);
  }

  const models: Models = {
    url: `${origin}/v1`,
    anthropicUrl: `${origin}/anthropic/v1`,
    asked: [],
    script: [],
    otherwise: ({ last }) => ({ text: last }),
    key: undefined,
    open: () => connections,
    async close() {
      timers.forEach((timer) => clearTimeout(timer));
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
  return models;
} // prettier-ignore
