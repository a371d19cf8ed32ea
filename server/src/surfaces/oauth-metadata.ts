import type { FastifyInstance, FastifyRequest } from 'fastify';

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

/** The documents by which a client finds its way; public, and the same for everyone. */
export function addOAuthMetadata(app: FastifyInstance, { publicUrl, registration }: { publicUrl: string; registration: boolean }): void {
  const document = (path: string, make: (request: FastifyRequest) => unknown): void =>
    void app.get(path, async (request, reply) =>
      reply.headers({ 'Access-Control-Allow-Origin': '*', 'Cache-Control': 'public, max-age=300' }).send(make(request)),
    );
  document('/.well-known/oauth-authorization-server', () => serverMetadata(publicUrl, registration));
  document('/.well-known/oauth-protected-resource', () => resourceMetadata(publicUrl, undefined));
  document('/.well-known/oauth-protected-resource/mcp', () => resourceMetadata(publicUrl, undefined));
  document('/.well-known/oauth-protected-resource/mcp/:tenant', ({ params }) => resourceMetadata(publicUrl, (params as { tenant: string }).tenant));
}
