import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { SESSION_COOKIE } from '../own.ts';
import { TokenKind } from '../schemas.ts';
import { Sessions } from '../sessions/port.ts';

export const authRefresh = defineOperation({
  name: 'auth.refresh',
  summary: 'Get the next access and refresh token, or extend the session of this browser',
  description:
    'A refresh token is good once; within ten seconds the same successor is answered again. Used later than that, somebody else holds a copy: the session ends. Without a refresh token the session cookie is extended.',
  permission: 'auth:login',
  risk: 'write',
  change: 'none',
  access: 'public',
  hiddenFrom: ['mcp', 'workflow', 'cli'],
  input: z.object({ refreshToken: z.string().min(1).max(200).optional().meta({ secret: true, title: 'Refresh token' }) }),
  output: z.object({
    tokenType: TokenKind,
    expiresAt: z.iso.datetime().meta({ help: 'When the session ends if it is not used again' }),
    accessToken: z.string().meta({ secret: true }).optional(),
    refreshToken: z.string().meta({ secret: true }).optional(),
    expiresIn: z.int().optional().meta({ help: 'Seconds that the access token lives' }),
  }),
  targets: 'none',
  async run(ctx, { refreshToken }) {
    const sessions = ctx.provider(Sessions);
    if (refreshToken !== undefined) {
      const from = { ip: ctx.actor.ip, agent: ctx.browser?.userAgent ?? null };
      const issued = await sessions.refresh(refreshToken, from);
      return { ...issued, expiresAt: issued.expiresAt.toISOString() };
    }
    const token = ctx.browser?.cookie(SESSION_COOKIE);
    if (!token) throw new Problem('unauthenticated', 'There is neither a refresh token nor a session cookie.');
    const session = await sessions.extend(token);
    return { tokenType: session.kind, expiresAt: session.idleExpiresAt.toISOString() };
  },
});
