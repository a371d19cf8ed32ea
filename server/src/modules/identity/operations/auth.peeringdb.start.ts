import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { ReturnTo } from '../federation/schemas.ts';
import { requirePeeringdb } from '../federation/peeringdb-page.ts';
import { begin } from '../federation/visit.ts';

export const authPeeringdbStart = defineOperation({
  name: 'auth.peeringdb.start',
  summary: 'Begin a PeeringDB sign-in that a page will finish',
  description:
    'The same flow as `auth.oauth.start`, without redirects: PeeringDB sends the browser to the page `/auth/callback`, which posts what came with it.',
  permission: 'auth:login',
  risk: 'write',
  change: 'none',
  access: 'public',
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  route: { method: 'POST', path: '/identity/peeringdb/start' },
  input: z.object({ returnTo: ReturnTo }),
  output: z.object({ authorizationUrl: z.string(), expiresAt: z.iso.datetime() }),
  targets: 'none',
  async run(ctx, { returnTo }) {
    await requirePeeringdb(ctx);
    const { location, expiresAt } = await begin(ctx, { provider: 'peeringdb', returnTo, purpose: 'login', byPage: true });
    return { authorizationUrl: location, expiresAt: expiresAt.toISOString() };
  },
});
