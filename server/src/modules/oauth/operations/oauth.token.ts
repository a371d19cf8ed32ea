import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { actAs } from '../own.ts';
import { Authorization } from '../providers/port.ts';
import { scopesOf } from '../rules.ts';
import { parameter } from '../schemas.ts';

const secret = parameter.optional().meta({ secret: true });
const needed = (value: string | undefined, name: string): string => {
  if (!value) throw new Problem('oauth-invalid-request', `The parameter ${name} is missing.`);
  return value;
};

export const oauthToken = defineOperation({
  name: 'oauth.token',
  summary: 'Give an agent tokens for a code or a refresh token',
  description: 'Served at `/oauth/token` as RFC 6749 has it.',
  permission: 'oauth:token',
  risk: 'write',
  change: 'none',
  access: 'public',
  hiddenFrom: ['rest', 'web', 'mcp', 'cli', 'workflow'],
  input: z.object({
    grantType: parameter.optional(),
    clientId: parameter.optional(),
    code: secret,
    redirectUri: parameter.optional(),
    verifier: secret,
    refreshToken: secret,
    scope: parameter.optional(),
    resource: parameter.optional(),
  }),
  output: z.object({
    accessToken: z.string().meta({ secret: true }),
    refreshToken: z.string().meta({ secret: true }),
    expiresIn: z.int(),
    scope: z.string(),
  }),
  targets: 'none',
  async run(ctx, { grantType, resource, scope, ...given }) {
    const server = ctx.provider(Authorization);
    const clientId = needed(given.clientId, 'client_id');
    if (grantType !== 'authorization_code' && grantType !== 'refresh_token')
      throw new Problem('oauth-unsupported-grant-type', 'grant_type is authorization_code or refresh_token.');
    const { concerned, risk, ...pair } =
      grantType === 'authorization_code'
        ? await server.exchange({ clientId, resource, code: needed(given.code, 'code'), redirectUri: needed(given.redirectUri, 'redirect_uri'), verifier: needed(given.verifier, 'code_verifier') })
        : await server.refresh({ clientId, resource, scope, token: needed(given.refreshToken, 'refresh_token') }); // prettier-ignore
    actAs(ctx, concerned, ctx.actor.ip);
    return { ...pair, scope: scopesOf(risk).join(' ') };
  },
});
