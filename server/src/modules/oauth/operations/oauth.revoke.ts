import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { actAs } from '../own.ts';
import { Authorization } from '../providers/port.ts';
import { parameter } from '../schemas.ts';

export const oauthRevoke = defineOperation({
  name: 'oauth.revoke',
  summary: 'End tokens that an agent no longer needs',
  description: 'Served at `/oauth/revoke` as RFC 7009 has it. All tokens that came from the same code end with it.',
  permission: 'oauth:revoke',
  risk: 'write',
  change: 'none',
  access: 'public',
  hiddenFrom: ['rest', 'web', 'mcp', 'cli', 'workflow'],
  input: z.object({ token: parameter.optional().meta({ secret: true }), clientId: parameter.optional() }),
  output: z.object({}),
  targets: 'none',
  async run(ctx, { token, clientId }) {
    if (!token || !clientId) throw new Problem('oauth-invalid-request', 'The parameters token and client_id are needed.');
    const whose = await ctx.provider(Authorization).revoke(token, clientId);
    if (whose) actAs(ctx, whose, ctx.actor.ip);
    return {};
  },
});
