import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Authorization } from '../providers/port.ts';

export const oauthRegister = defineOperation({
  name: 'oauth.register',
  summary: 'Take the registration of an agent',
  description:
    'Served at `/oauth/register` as RFC 7591 has it, where the installation allows it. No secret is given: PKCE binds the code to who asked for it.',
  permission: 'oauth:register',
  risk: 'write',
  change: 'none',
  access: 'public',
  hiddenFrom: ['rest', 'web', 'mcp', 'cli', 'workflow'],
  input: z.object({ metadata: z.record(z.string().max(100), z.json()) }),
  output: z.object({
    clientId: z.string(),
    name: z.string(),
    redirectUris: z.array(z.string()),
    clientUri: z.string().nullable(),
    issuedAt: z.int(),
  }),
  targets: 'none',
  async run(ctx, { metadata }) {
    const { clientId, name, redirectUris, uri, createdAt } = await ctx.provider(Authorization).register(metadata);
    return { clientId, name, redirectUris: [...redirectUris], clientUri: uri, issuedAt: Math.floor(createdAt.getTime() / 1_000) };
  },
});
