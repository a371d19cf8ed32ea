import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Call, Gate } from '#kernel/gate.ts';
import type { AnyOperation, Route } from '#kernel/operation.ts';
import { asProblem, Problem } from '#kernel/problem.ts';
import { PUBLISHED, PUBLISHED_PATH } from '#kernel/published.ts';
import { routeOf, routesOf, type Registry } from '#kernel/registry.ts';
import { inTraceOf } from '#kernel/tracing.ts';
import { API, rateHeaders, sendPassed, sendProblem, warningHeader } from './answer.ts';
import { uploadOf } from './bodies.ts';
import { browserCall, callOf, waitOf } from './call.ts';
import { isTerminal, type Waiter } from './change.ts';
import { fromFramework } from './framework.ts';
import { inputReader } from './input.ts';
import type { AddressGuard } from './limits.ts';

export interface RestOptions {
  registry: Registry;
  gate: Gate;
  guard: AddressGuard;
  waiter: Waiter;
}

/** `{id}` of our routes is `:id` to Fastify; a literal colon is doubled there. */
export const fastifyPath = (path: string): string => `${API}${path.replaceAll(':', '::').replace(/\{(\w+)\}/g, ':$1')}`;

/** Counts what nobody's own limits can count, calls without a credential and sign-in, and lets the call through. */
async function admitted<T>(guard: AddressGuard, operation: AnyOperation, call: Call, pass: () => Promise<T>): Promise<T> {
  const ip = call.ip ?? 'unknown';
  if (operation.session === 'start' && operation.access === 'public') {
    await guard.count('signIn', ip);
    return pass().catch(async (error: unknown) => {
      if (error instanceof Problem && error.slug === 'dependency-unavailable') await guard.countTwice(ip);
      throw error;
    });
  }
  if (!isCrowded(operation, call)) return guard.knowing(call, pass);
  await guard.count('crowd', ip);
  return pass();
}

/**
 * What a sign-in page reads before anybody is known (a whole company may come in by one address, at nine o'clock), what servers send, and
 * what is public with a credential that nobody looks at: a made-up one must not be a way round the count.
 */
const isCrowded = ({ fromServers, access, risk }: AnyOperation, { credentials }: Call): boolean =>
  fromServers === true || (access === 'public' && (risk === 'read' || credentials !== null));

/** `Prefer: wait=N`: holds a 202 back until the Change is settled, and then answers 200 with it. */
async function settled(
  waiter: Waiter,
  request: FastifyRequest,
  reply: FastifyReply,
  call: Call,
  changeId: string,
): Promise<FastifyReply | undefined> {
  const seconds = waitOf(request);
  if (seconds === 0) return undefined;
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  const change = await waiter(call, { changeId, seconds, signal: gone.signal }).catch(() => undefined);
  if (!change || !isTerminal(change)) return undefined;
  return reply
    .code(200)
    .headers({ 'Preference-Applied': `wait=${seconds}`, Location: `${API}/changes/${change.id}`, 'X-Switchyard-Change': change.number })
    .send({ change });
}

/** A browser on its way through a sign-in is shown a page, not a document for programs. */
function sendBack(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = fromFramework(error, request);
  if (!(request.headers.accept ?? '').includes('text/html')) return sendProblem(request, reply, known);
  const { slug } = asProblem(known);
  const search = new URLSearchParams({ problem: slug, request: request.id });
  return reply.header('Cache-Control', 'no-store').redirect(`/auth/oauth/callback?${search.toString()}`, 302);
}

/** Where a thing of this kind is read by its id alone, if it is. */
function locationFor(registry: Registry, operation: AnyOperation): ((id: string) => string) | undefined {
  const get = registry.operations.get(operation.name.replace(/\.[^.]+$/, '.get'));
  const path = get && routeOf(get).path;
  return path && path.match(/\{/g)?.length === 1 ? (id) => API + path.replace(/\{\w+\}/, encodeURIComponent(id)) : undefined;
}

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

/** One call of an operation, from what was sent to what is answered. */
function handlerOf(operation: AnyOperation, route: Route, { registry, gate, guard, waiter }: RestOptions): Handler {
  const read = inputReader(operation, route);
  const locationOf = locationFor(registry, operation);
  return async (request, reply) => {
    const call = browserCall(request, reply);
    const { input, passed } = await admitted(guard, operation, call, async () => {
      const given = read(request, await uploadOf(request));
      return { input: given, passed: await inTraceOf(request.headers, () => gate.pass(operation, given, call)) };
    });
    void reply.header('X-Switchyard-Decision', passed.decisionId);
    warningHeader(reply, passed.warnings);
    rateHeaders(reply, passed.rate);
    const answered = passed.status === 'accepted' ? await settled(waiter, request, reply, call, passed.change.id) : undefined;
    return answered ?? sendPassed(reply, { operation, input, passed, locationOf });
  };
}

function addRoute(app: FastifyInstance, operation: AnyOperation, route: Route, options: RestOptions): void {
  app.route({
    method: route.method,
    url: fastifyPath(route.path),
    ...(operation.bodyLimit === undefined ? {} : { bodyLimit: operation.bodyLimit }),
    config: { form: operation.form, upload: operation.upload, raw: operation.raw?.body },
    ...(operation.redirect ? { errorHandler: (error: FastifyError, request, reply) => void sendBack(error, request, reply) } : {}),
    handler: handlerOf(operation, route, options),
  });
}

/** Browser and command line come by REST too; which of them may call is the Gate's to say. */
export const isHidden = ({ hiddenFrom = [] }: AnyOperation): boolean =>
  (['rest', 'web', 'cli'] as const).every((surface) => hiddenFrom.includes(surface));

/** The one route of what tenants publish themselves: which operation it leads to depends on who calls. */
function addPublished(app: FastifyInstance, options: RestOptions): void {
  const { gate, guard } = options;
  const handlers = new WeakMap<AnyOperation, Handler>();
  app.post<{ Params: { slug: string } }>(fastifyPath(PUBLISHED_PATH), async (request, reply) => {
    const call = callOf(request);
    const actor = await guard.knowing(call, () => gate.actor(call));
    const operation = await gate.published(actor.tenantId, PUBLISHED + request.params.slug);
    if (!operation) throw new Problem('not-found', `This tenant has published no workflow as "${request.params.slug.slice(0, 64)}".`);
    if (!handlers.has(operation)) handlers.set(operation, handlerOf(operation, routeOf(operation), options));
    return handlers.get(operation)!(request, reply);
  });
}

/** Every route of every operation, by reading the registry, and that of operations which tenants publish. */
export function addRoutes(app: FastifyInstance, options: RestOptions): void {
  addPublished(app, options);
  for (const operation of options.registry.operations.values())
    if (!isHidden(operation)) for (const route of routesOf(operation)) addRoute(app, operation, route, options);
}
