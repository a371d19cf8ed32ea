import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Federation } from '../federation/port.ts';
import { Location, ReturnTo } from '../federation/schemas.ts';
import { begin } from '../federation/visit.ts';

export const authOauthLogin = defineOperation({
  name: 'auth.oauth.login',
  summary: 'Go to the one identity provider of this installation to sign in',
  description: 'Where there are none or several, `provider-not-found`.',
  permission: 'auth:login',
  risk: 'write',
  change: 'none',
  access: 'public',
  redirect: true,
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  route: { method: 'GET', path: '/auth/login' },
  input: z.object({ returnTo: ReturnTo }),
  output: Location,
  targets: 'none',
  async run(ctx, { returnTo }) {
    const provider = await ctx.provider(Federation).only();
    return { location: (await begin(ctx, { provider, returnTo, purpose: 'login' })).location };
  },
});
