import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { requirePerson } from '../own.ts';
import { Authorization } from '../providers/port.ts';
import { request, Sent } from '../schemas.ts';

export const oauthConsentDeny = defineOperation({
  name: 'oauth.consent.deny',
  summary: 'Refuse what an agent asks you for',
  permission: 'oauth:consent',
  risk: 'write',
  change: 'none',
  access: 'self',
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  route: { method: 'POST', path: '/oauth/consent/deny' },
  input: z.object({ request }),
  output: Sent,
  targets: 'none',
  run: (ctx, input) => {
    requirePerson(ctx.actor);
    return ctx.provider(Authorization).deny(input.request);
  },
});
