import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Federation } from '../federation/port.ts';
import { Linked } from '../federation/schemas.ts';

export const authOauthAccounts = defineOperation({
  name: 'auth.oauth.accounts',
  summary: 'List the identities that are linked with your account',
  permission: 'auth:link',
  risk: 'read',
  access: 'self',
  hiddenFrom: ['mcp', 'workflow'],
  route: { method: 'GET', path: '/auth/oauth/accounts' },
  input: z.object({}),
  output: z.object({ items: z.array(Linked), nextCursor: z.null() }),
  targets: 'none',
  async run(ctx) {
    const found = await ctx.provider(Federation).accounts(ctx.actor.id);
    const items = found.map(({ provider, name, email, linkedAt, lastUsedAt, onlyMethod }) => ({
      provider, name, email, onlyMethod, linkedAt: linkedAt.toISOString(), lastUsedAt: lastUsedAt.toISOString(),
    })); // prettier-ignore
    return { items, nextCursor: null };
  },
});
