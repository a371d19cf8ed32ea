import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Call, Gate } from '#kernel/gate.ts';
import { asProblem, Problem } from '#kernel/problem.ts';
import type { Registry } from '#kernel/registry.ts';
import { fromFramework } from './framework.ts';
import type { AddressGuard } from './limits.ts';
import { addOAuthMetadata } from './oauth-metadata.ts';

export interface OAuthOptions {
  registry: Registry;
  gate: Gate;
  guard: AddressGuard;
  /** The issuer: where people reach us, without a slash at the end. */
  publicUrl: string;
  /** Programs may register themselves. */
  registration: boolean;
}

/** The error code that is behind our slug; what is no matter of OAuth is a fault of the server, or too much. */
function codeOf({ slug, kind: { status } }: Problem): string {
  if (slug.startsWith('oauth-') && slug !== 'oauth-registration-closed') return slug.slice('oauth-'.length).replaceAll('-', '_');
  if (status === 429 || status === 503) return 'temporarily_unavailable';
  return status >= 500 ? 'server_error' : slug === 'oauth-registration-closed' ? 'access_denied' : 'invalid_request';
}

/** A refusal as RFC 6749, 5.2 has it. */
function sendError(request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply {
  const problem = asProblem(error);
  const { status } = problem.kind;
  if (status >= 500) request.log.error({ requestId: request.id, err: problem.cause ?? problem, slug: problem.slug }, 'OAuth request failed');
  const { retryAfterSeconds } = problem.extras;
  if (retryAfterSeconds !== undefined) void reply.header('Retry-After', Math.max(1, Math.ceil(retryAfterSeconds)));
  // A client sends no credential of its own here, so there is nothing to challenge it for.
  return reply
    .code(status)
    .type('application/json')
    .send({ error: codeOf(problem), error_description: problem.message });
}

type Fields = Record<string, unknown>;
const text = (fields: Fields, name: string): string | undefined => (typeof fields[name] === 'string' ? fields[name] : undefined);

/** Each parameter once (RFC 6749, 3.1): a reviewer and the server must not read two different requests. */
function once(query: unknown): Fields {
  const fields = query as Fields;
  if (Object.values(fields).some(Array.isArray)) throw new Problem('oauth-invalid-request', 'A parameter is there twice.');
  return fields;
}

type Pass = (name: string, input: Fields, request: FastifyRequest) => Promise<Fields>;

/** Each request passes the Gate as an operation that has no other face. */
const passing =
  ({ registry, gate }: Pick<OAuthOptions, 'registry' | 'gate'>): Pass =>
  async (name, input, request) => {
    const call: Call = { surface: 'internal', credentials: null, ip: request.ip, requestId: request.id, envelope: {} };
    const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
    const outcome = await gate.pass(registry.operations.get(`oauth.${name}`)!, given, call);
    if (outcome.status !== 'done') throw new Error(`oauth.${name} is ${outcome.status}`);
    return outcome.output as Fields;
  };

const requestOf = (query: Fields): Fields => ({
  responseType: text(query, 'response_type'), clientId: text(query, 'client_id'), redirectUri: text(query, 'redirect_uri'), scope: text(query, 'scope'),
  state: text(query, 'state'), challenge: text(query, 'code_challenge'), challengeMethod: text(query, 'code_challenge_method'), resource: text(query, 'resource'),
}); // prettier-ignore
const tokenRequestOf = (body: Fields): Fields => ({
  grantType: text(body, 'grant_type'), clientId: text(body, 'client_id'), code: text(body, 'code'), redirectUri: text(body, 'redirect_uri'),
  verifier: text(body, 'code_verifier'), refreshToken: text(body, 'refresh_token'), scope: text(body, 'scope'), resource: text(body, 'resource'),
}); // prettier-ignore

/** The browser of a person who was sent here by a program: on to the page that asks, or to one that says why not. */
function addAuthorize(app: FastifyInstance, { guard, publicUrl }: OAuthOptions, pass: Pass): void {
  const asked = async (request: FastifyRequest): Promise<Fields> => pass('authorize', requestOf(once(request.query)), request);
  app.get('/oauth/authorize', async (request, reply) => {
    await guard.count('crowd', request.ip);
    const { location } = await asked(request).catch((error: unknown) => {
      const { slug, kind } = asProblem(error);
      if (kind.status >= 500) request.log.error({ requestId: request.id, err: error }, 'OAuth request failed');
      // Shown to the person: where the program wants it sent is not known to be its own.
      return { location: `${publicUrl}/oauth/consent?${new URLSearchParams({ problem: slug, id: request.id }).toString()}` };
    });
    return reply.headers({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' }).redirect(String(location), 302);
  });
}

const CORS = { 'Access-Control-Allow-Origin': '*', 'Cache-Control': 'no-store' };
const PREFLIGHT = {
  ...CORS,
  'Access-Control-Allow-Methods': 'POST',
  'Access-Control-Allow-Headers': 'Content-Type, Authorization, MCP-Protocol-Version',
};
const MAX_BODY = 65_536;

/** Our authorization server as OAuth has its addresses. */
export function addOAuth(app: FastifyInstance, options: OAuthOptions): void {
  const { registry, guard } = options;
  if (!registry.operations.has('oauth.token')) return;
  const pass = passing(options);
  addOAuthMetadata(app, options);
  addAuthorize(app, options, pass);

  /** Programs in a browser post from pages of their own; nothing here rests on a cookie, so any page may. */
  function endpoint(path: string, status: number, answer: (body: Fields, request: FastifyRequest) => Promise<Fields>): void {
    const refuse = (error: FastifyError, request: FastifyRequest, reply: FastifyReply): void =>
      void sendError(request, reply.headers(CORS), fromFramework(error, request));
    app.options(path, async (_request, reply) => reply.code(204).headers(PREFLIGHT).send());
    app.post(path, { bodyLimit: MAX_BODY, config: { form: 'cross' }, errorHandler: refuse }, async (request, reply) => {
      await guard.count('unauthenticated', request.ip);
      return reply
        .code(status)
        .headers(CORS)
        .send(await answer((request.body ?? {}) as Fields, request));
    });
  }

  endpoint('/oauth/token', 200, async (body, request) => {
    const { accessToken, refreshToken, expiresIn, scope } = await pass('token', tokenRequestOf(once(body)), request);
    return { access_token: accessToken, token_type: 'Bearer', expires_in: expiresIn, refresh_token: refreshToken, scope };
  });
  endpoint('/oauth/revoke', 200, (body, request) => pass('revoke', { token: text(body, 'token'), clientId: text(body, 'client_id') }, request));
  endpoint('/oauth/register', 201, async (metadata, request) => {
    const { clientId, name, redirectUris, clientUri, issuedAt } = await pass('register', { metadata }, request);
    return {
      client_id: clientId, client_id_issued_at: issuedAt, client_name: name, redirect_uris: redirectUris, ...(clientUri === null ? {} : { client_uri: clientUri }),
      grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'], token_endpoint_auth_method: 'none',
    }; // prettier-ignore
  });
}
