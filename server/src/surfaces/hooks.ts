import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import { Problem } from '#kernel/problem.ts';
import type { FoundHook, HookAnswer, HookRequest, Hooks } from '#kernel/hooks.ts';
import { sendProblem } from './answer.ts';
import { fromFramework } from './framework.ts';
import { sendHookAnswer } from './hooks-answer.ts';
import type { AddressGuard } from './limits.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** What listens at the address of a call below `/hooks`. */
    hook: FoundHook | undefined;
  }
}

/** The most that any trigger takes. */
const MOST_BYTES = 10 * 1_048_576;
const METHODS: HTTPMethods[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
/** A token is 43 characters; whatever is longer than this is none. */
const TOKEN = /^[\w-]{16,128}$/;

interface HookOptions {
  hooks: Hooks;
  guard: AddressGuard;
}

type Params = Readonly<Record<string, string>>;
const paramsOf = (request: FastifyRequest): Params => request.params as Params;
const nothing = (): Problem => new Problem('hook-not-found', 'Nothing listens at this address.');

const tokenOf = (request: FastifyRequest): string => {
  const { token = '' } = paramsOf(request);
  if (!TOKEN.test(token)) throw nothing();
  return token;
};

const searchOf = (url: string): URLSearchParams => new URLSearchParams(url.includes('?') ? url.slice(url.indexOf('?') + 1) : '');

const requestOf = (request: FastifyRequest): HookRequest => ({
  method: request.method,
  headers: request.headers,
  query: searchOf(request.url),
  ip: request.ip,
  body: (request.body as Buffer | undefined) ?? new Uint8Array(),
  requestId: request.id,
});

function requireSize({ maxBodyBytes }: FoundHook, bytes: number): void {
  if (bytes > maxBodyBytes) throw new Problem('payload-too-large', `The body has ${bytes} bytes, and this trigger takes ${maxBodyBytes} at most.`);
}

/** Pages of these origins may call and read the answer; no cookie of ours ever counts here. */
function allowOrigin(hook: FoundHook, request: FastifyRequest, reply: FastifyReply): boolean {
  const { origin } = request.headers;
  if (origin === undefined || !(hook.cors.includes(origin) || hook.cors.includes('*'))) return false;
  void reply.headers({ 'Access-Control-Allow-Origin': origin, Vary: 'Origin' });
  return true;
}

function preflight(hook: FoundHook, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (!allowOrigin(hook, request, reply)) throw new Problem('origin-denied', 'The trigger takes no calls from pages of this origin.');
  const asked = request.headers['access-control-request-headers'];
  return reply
    .code(204)
    .headers({ 'Access-Control-Allow-Methods': hook.methods.join(', '), 'Access-Control-Allow-Headers': asked ?? 'content-type', 'Access-Control-Max-Age': '600' })
    .send();
} // prettier-ignore

/** What is known about a call before its body is read: address, method and announced size. */
function before(hook: FoundHook, request: FastifyRequest, reply: FastifyReply): FastifyReply | undefined {
  request.hook = hook;
  if (request.method === 'OPTIONS') return preflight(hook, request, reply);
  allowOrigin(hook, request, reply);
  if (!hook.methods.includes(request.method)) {
    void reply.header('Allow', hook.methods.join(', '));
    throw new Problem('method-not-allowed', `${request.method} is not taken here; ${hook.methods.join(', ')}.`);
  }
  requireSize(hook, Number(request.headers['content-length'] ?? 0));
  return undefined;
}

const refuse = (error: FastifyError, request: FastifyRequest, reply: FastifyReply): void =>
  void sendProblem(request, reply, fromFramework(error, request));

/** The addresses at which workflows are called from outside (workflows.md 8.2). They pass no Gate: what they start does, node by node. */
export async function addHooks(app: FastifyInstance, { hooks, guard }: HookOptions): Promise<void> {
  await app.register(async (scope) => {
    scope.decorateRequest('hook', undefined);
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body: Buffer, done) => done(null, body));

    const add = (url: string, find: (request: FastifyRequest) => Promise<FoundHook>): void => {
      scope.route({
        method: METHODS,
        url,
        bodyLimit: MOST_BYTES,
        // From any page: whether it may read the answer is the trigger's to say.
        config: { form: 'cross' },
        errorHandler: refuse,
        async onRequest(request, reply) {
          return before(await find(request), request, reply);
        },
        async handler(request, reply) {
          const hook = request.hook!;
          const call = requestOf(request);
          requireSize(hook, call.body.length);
          return sendHookAnswer(reply, await hooks.receive(hook, call));
        },
      });
    };
    /** Whoever guesses has few tries: what is not in mind costs a look-up. */
    const counted = async (request: FastifyRequest): Promise<void> => guard.count('unauthenticated', request.ip);

    add('/hooks/:token', async (request) => {
      const token = tokenOf(request);
      if (!hooks.known(token)) await counted(request);
      return hooks.byToken(token);
    });
    add('/hooks/t/:tenant/:path', async (request) => {
      const { tenant = '', path = '' } = paramsOf(request);
      if (!hooks.knownPath(tenant, path)) await counted(request);
      return hooks.byPath(tenant, path);
    });

    const single = (url: string, method: HTTPMethods[], answer: (token: string, call: HookRequest) => Promise<HookAnswer>): void => {
      scope.route({
        method,
        url,
        bodyLimit: 1_048_576,
        config: { form: 'cross' },
        errorHandler: refuse,
        async handler(request, reply) {
          await counted(request);
          return sendHookAnswer(reply, await answer(tokenOf(request), requestOf(request)));
        },
      });
    };
    single('/hooks/test/:token', ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'], hooks.test);
    // Not by GET: programs that look at links in messages would answer in a person's place.
    single('/hooks/resume/:token', ['POST', 'PUT'], hooks.resume);
  });
}
