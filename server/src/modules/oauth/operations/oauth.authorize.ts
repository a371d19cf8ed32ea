import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Authorization } from '../providers/port.ts';
import { parameter, Sent } from '../schemas.ts';

export const oauthAuthorize = defineOperation({
  name: 'oauth.authorize',
  summary: 'Take the request of an agent to act for somebody',
  description: 'Served at `/oauth/authorize` as RFC 6749 has it; the browser goes on to the page that asks.',
  permission: 'oauth:authorize',
  risk: 'write',
  change: 'none',
  access: 'public',
  hiddenFrom: ['rest', 'web', 'mcp', 'cli', 'workflow'],
  input: z.object({
    responseType: parameter.optional(),
    clientId: parameter.optional(),
    redirectUri: parameter.optional(),
    scope: parameter.optional(),
    state: parameter.optional(),
    challenge: parameter.optional(),
    challengeMethod: parameter.optional(),
    resource: parameter.optional(),
  }),
  output: Sent,
  targets: 'none',
  run: (ctx, asked) => ctx.provider(Authorization).begin(asked),
});
