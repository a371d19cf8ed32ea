import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Call, Gate } from '#kernel/gate.ts';
import type { AnyOperation } from '#kernel/operation.ts';
import { asProblem, Problem } from '#kernel/problem.ts';
import type { Registry } from '#kernel/registry.ts';
import { fromFramework } from './framework.ts';
import type { AddressGuard } from './limits.ts';

export interface OAuthOptions {
  registry: Registry;
  gate: Gate;
  guard: AddressGuard;
  /** The issuer: where people reach us, without a slash at the end. */
  publicUrl: string;
  /** Programs may register themselves. */
  registration: boolean;
}

const SCOPES = ['switchyard.read', 'switchyard.write', 'switchyard.high'] as const;
/** What a client that knows nothing yet asks for; it learns from a refusal when it needs more. */
const LEAST = [SCOPES[0]];

/** RFC 8414 with what RFC 9207, RFC 7009 and client id metadata documents add. */
export const serverMetadata = (issuer: string, registration: boolean): Record<string, unknown> => ({
  issuer,
  authorization_endpoint: `${issuer}/oauth/authorize`,
  token_endpoint: `${issuer}/oauth/token`,
  revocation_endpoint: `${issuer}/oauth/revoke`,
  ...(registration ? { registration_endpoint: `${issuer}/oauth/register` } : {}),
  response_types_supported: ['code'],
  response_modes_supported: ['query'],
  grant_types_supported: ['authorization_code', 'refresh_token'],
  code_challenge_methods_supported: ['S256'],
  token_endpoint_auth_methods_supported: ['none'],
  revocation_endpoint_auth_methods_supported: ['none'],
  scopes_supported: SCOPES,
  authorization_response_iss_parameter_supported: true,
  client_id_metadata_document_supported: true,
  service_documentation: `${issuer}/docs`,
});

/** RFC 9728: what a client reads to find out who gives tokens for an endpoint. */
export const resourceMetadata = (publicUrl: string, tenant: string | undefined): Record<string, unknown> => ({
  resource: `${publicUrl}/mcp${tenant === undefined ? '' : `/${tenant}`}`,
  resource_name: 'Switchyard',
  authorization_servers: [publicUrl],
  scopes_supported: LEAST,
  bearer_methods_supported: ['header'],
});

/** Value of `WWW-Authenticate` for an agent without a good token, or with one for less than it wants. */
export function challenge(
  publicUrl: string,
  tenant: string | undefined,
  { error, scopes = LEAST }: { error?: string; scopes?: readonly string[] } = {},
): string {
  const document = `${publicUrl}/.well-known/oauth-protected-resource/mcp${tenant === undefined ? '' : `/${encodeURIComponent(tenant)}`}`;
  const parts = [...(error ? [`error="${error}"`] : []), `scope="${scopes.join(' ')}"`, `resource_metadata="${document}"`];
  return `Bearer realm="switchyard", ${parts.join(', ')}`;
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
  if (status >= 500) request.log.error({ reqId: request.id, err: problem.cause ?? problem, slug: problem.slug }, 'OAuth request failed');
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

/** Our authorization server as OAuth has its addresses. Each request passes the Gate as an operation that has no other face. */
export function addOAuth(app: FastifyInstance, { registry, gate, guard, publicUrl, registration }: OAuthOptions): void {
  const operationOf = (name: string): AnyOperation | undefined => registry.operations.get(`oauth.${name}`);
  if (!operationOf('token')) return;

  async function passed(name: string, input: Fields, request: FastifyRequest): Promise<Fields> {
    const call: Call = { surface: 'internal', credentials: null, ip: request.ip, requestId: request.id, envelope: {} };
    const outcome = await gate.pass(operationOf(name)!, Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)), call);
    if (outcome.status !== 'done') throw new Error(`oauth.${name} is ${outcome.status}`);
    return outcome.output as Fields;
  }

  const document = (path: string, make: (request: FastifyRequest) => unknown): void =>
    void app.get(path, async (request, reply) =>
      reply.headers({ 'Access-Control-Allow-Origin': '*', 'Cache-Control': 'public, max-age=300' }).send(make(request)),
    );
  document('/.well-known/oauth-authorization-server', () => serverMetadata(publicUrl, registration));
  document('/.well-known/oauth-protected-resource', () => resourceMetadata(publicUrl, undefined));
  document('/.well-known/oauth-protected-resource/mcp', () => resourceMetadata(publicUrl, undefined));
  document('/.well-known/oauth-protected-resource/mcp/:tenant', ({ params }) => resourceMetadata(publicUrl, (params as { tenant: string }).tenant));

  app.get('/oauth/authorize', async (request, reply) => {
    await guard.count('crowd', request.ip);
    void reply.headers({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' });
    const asked = await Promise.resolve()
      .then(() => once(request.query))
      .then((query) => ({
        responseType: text(query, 'response_type'),
        clientId: text(query, 'client_id'),
        redirectUri: text(query, 'redirect_uri'),
        scope: text(query, 'scope'),
        state: text(query, 'state'),
        challenge: text(query, 'code_challenge'),
        challengeMethod: text(query, 'code_challenge_method'),
        resource: text(query, 'resource'),
      })) // prettier-ignore
      .then((input) => passed('authorize', input, request))
      .catch((error: unknown) => {
        const { slug, kind } = asProblem(error);
        if (kind.status >= 500) request.log.error({ reqId: request.id, err: error }, 'OAuth request failed');
        // Shown to the person: where the program wants it sent is not known to be its own.
        return { location: `${publicUrl}/oauth/consent?${new URLSearchParams({ problem: slug, id: request.id }).toString()}` };
      });
    return reply.redirect(String(asked['location']), 302);
  });

  /** Programs in a browser post from pages of their own; nothing here rests on a cookie, so any page may. */
  function endpoint(path: string, answer: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>): void {
    const cors = { 'Access-Control-Allow-Origin': '*', 'Cache-Control': 'no-store' };
    app.options(path, async (_request, reply) => reply.code(204).headers({ ...cors, 'Access-Control-Allow-Methods': 'POST', 'Access-Control-Allow-Headers': 'Content-Type, Authorization, MCP-Protocol-Version' }).send());
    app.post(path, {
      bodyLimit: 65_536,
      config: { form: 'cross' },
      errorHandler: (error, request, reply) => void sendError(request, reply.headers(cors), fromFramework(error, request)),
    }, async (request, reply) => {
      await guard.count('unauthenticated', request.ip);
      return answer(request, reply.headers(cors));
    });
  } // prettier-ignore

  endpoint('/oauth/token', async (request, reply) => {
    const body = once(request.body ?? {});
    const { accessToken, refreshToken, expiresIn, scope } = await passed('token', {
      grantType: text(body, 'grant_type'), clientId: text(body, 'client_id'), code: text(body, 'code'), redirectUri: text(body, 'redirect_uri'),
      verifier: text(body, 'code_verifier'), refreshToken: text(body, 'refresh_token'), scope: text(body, 'scope'), resource: text(body, 'resource'),
    }, request); // prettier-ignore
    return reply.send({ access_token: accessToken, token_type: 'Bearer', expires_in: expiresIn, refresh_token: refreshToken, scope });
  });
  endpoint('/oauth/revoke', async (request, reply) => {
    const body = once(request.body ?? {});
    await passed('revoke', { token: text(body, 'token'), clientId: text(body, 'client_id') }, request);
    return reply.send({});
  });
  endpoint('/oauth/register', async (request, reply) => {
    const { clientId, name, redirectUris, clientUri, issuedAt } = await passed('register', { metadata: request.body ?? {} }, request);
    return reply.code(201).send({
      client_id: clientId, client_id_issued_at: issuedAt, client_name: name, redirect_uris: redirectUris, ...(clientUri === null ? {} : { client_uri: clientUri }),
      grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'], token_endpoint_auth_method: 'none',
    }); // prettier-ignore
  });
}
