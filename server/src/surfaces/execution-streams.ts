import websocket from '@fastify/websocket';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Actor } from '#kernel/context.ts';
import type { Call, Gate } from '#kernel/gate.ts';
import { Problem } from '#kernel/problem.ts';
import type { Registry } from '#kernel/registry.ts';
import { API } from './answer.ts';
import { callOf } from './call.ts';
import { serveEvents } from './execution-events.ts';
import type { ExecutionFeed, ExecutionFeeds } from './execution-feed.ts';
import { openConnection, type Connection } from './execution-socket.ts';
import { CLOSE, closeCodeOf, CLIENT_LIMITS, createSeats, startOf, type CloseCode } from './execution-stream.ts';
import type { AddressGuard } from './limits.ts';
import type { Doubts, Streams } from './stream.ts';
import { isOwnOrigin } from './transport.ts';

const STREAM_PATHS = [`${API}/executions/:id/stream`, `${API}/executions/:id/events`] as const;
const EXECUTION_GET = 'executions.get';
const EXECUTION_PAYLOADS = 'executions.payloads';

/** What a stream shows of an execution: the operation's own answer. */
interface ExecutionView {
  id: string;
  endedAt: string | null;
  lastSeq: number;
  lastLine: number;
  mine: boolean;
  nodes: unknown[];
  [field: string]: unknown;
}

export interface ExecutionStreamOptions {
  registry: Registry;
  gate: Gate;
  guard: AddressGuard;
  feeds: ExecutionFeeds;
  streams: Streams;
  doubts: Doubts;
  publicHost: string;
}

/** A look at an execution through the Gate, as often as it is asked for. */
export interface Watched {
  actor: Actor;
  view: ExecutionView;
  feed: ExecutionFeed;
  previews: boolean;
  look: () => Promise<ExecutionView>;
}

/** Refused before anything was looked at, with the code to close with. */
class Refused extends Error {
  readonly code: CloseCode;
  constructor(code: CloseCode, reason: string) {
    super(reason);
    this.code = code;
  }
}

type StreamRequest = FastifyRequest<{ Params: { id: string }; Querystring: { after?: string; logs?: string; ticket?: string } }>;

/** Who asks: by a ticket, a bearer token, or the cookie of a page of our own (a page of another site would bring it along too). */
async function callerOf(request: StreamRequest, { feeds, publicHost }: ExecutionStreamOptions): Promise<() => Promise<Call>> {
  const call = callOf(request);
  const { ticket } = request.query;
  if (typeof ticket === 'string') {
    const actor = await feeds.redeem(ticket, request.params.id);
    if (!actor) throw new Refused(CLOSE.unauthenticated, 'the ticket was used, is too old, or is for another execution');
    return async () => ({ ...call, credentials: null, as: await feeds.revive(actor) });
  }
  if (!call.credentials) throw new Refused(CLOSE.unauthenticated, 'sign in, or bring a ticket');
  if (call.credentials.kind === 'session' && !isOwnOrigin(request, [publicHost, request.host]))
    throw new Refused(CLOSE.forbidden, 'the request comes from a page of another site');
  return async () => call;
}

/** Whether what nodes made may be shown in short: to whoever began it, and to those whom the Gate lets open it, which is written down. */
async function mayPreview({ registry, gate }: ExecutionStreamOptions, call: Call, { id, mine }: ExecutionView): Promise<boolean> {
  if (mine) return true;
  const payloads = registry.operations.get(EXECUTION_PAYLOADS);
  if (!payloads) return false;
  return gate.pass(payloads, { id }, call).then(() => true, (error: unknown) => {
    if (error instanceof Problem && error.kind.status === 403) return false;
    throw error;
  });
} // prettier-ignore

async function watchedBy(request: StreamRequest, options: ExecutionStreamOptions): Promise<Watched> {
  const { registry, gate, guard, feeds } = options;
  const get = registry.operations.get(EXECUTION_GET)!;
  const caller = await callerOf(request, options);
  const look = async (): Promise<ExecutionView> => {
    const passed = await gate.pass(get, { id: request.params.id }, await caller());
    if (passed.status !== 'done') throw new Problem('not-found', 'There is no such execution here.');
    return passed.output as ExecutionView;
  };
  const call = await caller();
  const view = call.as ? await look() : await guard.knowing(call, look);
  const actor = call.as ?? (await gate.actor(call));
  return { actor, view, feed: feeds.of(actor.tenantId, view.id), previews: await mayPreview(options, call, view), look };
}

const refusalOf = (error: unknown): { code: CloseCode; reason: string } =>
  error instanceof Refused
    ? { code: error.code, reason: error.message }
    : { code: closeCodeOf(error), reason: error instanceof Problem ? error.message.slice(0, 100) : 'something went wrong on our side' };

/** `WS /executions/{id}/stream` and the same messages as `GET /executions/{id}/events`. Answers how to end all connections. */
export async function addExecutionStreams(
  app: FastifyInstance,
  feeds: ExecutionFeeds | undefined,
  around: Omit<ExecutionStreamOptions, 'feeds'>,
): Promise<{ drain: () => void; count: () => number }> {
  const seats = createSeats();
  const open = new Set<Connection>();
  if (!feeds || !around.registry.operations.has(EXECUTION_GET)) return { drain: () => undefined, count: () => 0 };
  const options = { ...around, feeds };
  await app.register(websocket, { options: { maxPayload: CLIENT_LIMITS.bytes * 4 } });
  const [streamPath, eventsPath] = STREAM_PATHS;

  app.get(streamPath, { websocket: true, exposeHeadRoute: false }, (socket, raw) => {
    const request = raw as StreamRequest;
    const connection = openConnection(socket, request.query.logs);
    open.add(connection);
    socket.on('close', () => {
      open.delete(connection);
      seats.leave(socket);
    });
    const serve = async (): Promise<void> => {
      const watched = await watchedBy(request, options);
      const { id: actorId, tenantId } = watched.actor;
      if (!seats.take(socket, { actorId, tenantId })) throw new Refused(CLOSE.tooMany, 'too many open streams of yours, or of your tenant');
      await connection.serve(watched, { from: startOf(request.query.after, watched.view.lastSeq), doubts: options.doubts });
    };
    serve().catch((error: unknown) => {
      const { code, reason } = refusalOf(error);
      if (code === CLOSE.fault) request.log.warn({ requestId: request.id, err: error }, 'execution stream ended');
      connection.close(code, reason);
    });
  });

  app.get(eventsPath, { exposeHeadRoute: false }, async (raw, reply) => {
    const request = raw as StreamRequest;
    const watched = await watchedBy(request, options).catch((error: unknown) => {
      if (!(error instanceof Refused)) throw error;
      if (error.code === CLOSE.unauthenticated) throw new Problem(request.query.ticket === undefined ? 'unauthenticated' : 'stream-ticket-invalid', `${error.message}.`);
      throw new Problem('origin-denied', `${error.message}.`);
    });
    return serveEvents(request, reply, watched, options.streams);
  });

  return {
    drain() {
      for (const connection of open) connection.close(CLOSE.goingAway, 'this process is draining: connect again');
    },
    count: () => open.size,
  };
} // prettier-ignore
