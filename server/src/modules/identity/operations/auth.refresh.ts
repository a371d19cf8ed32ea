import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { ProviderSessions } from '../federation/port.ts';
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
  input: z.object({
    refreshToken: z.string().min(1).max(200).optional().meta({ secret: true, title: 'Refresh token' }),
    provider: z
      .boolean()
      .default(false)
      .meta({ title: 'The identity provider’s tokens too', help: 'Refused with `refresh-unavailable` when there is nothing to renew' }),
  }),
  output: z.object({
    tokenType: TokenKind,
    expiresAt: z.iso.datetime().meta({ help: 'When the session ends if it is not used again' }),
    accessToken: z.string().meta({ secret: true }).optional(),
    refreshToken: z.string().meta({ secret: true }).optional(),
    expiresIn: z.int().optional().meta({ help: 'Seconds that the access token lives' }),
  }),
  targets: 'none',
  async run(ctx, { refreshToken, provider }) {
    const sessions = ctx.provider(Sessions);
    // With the session, what its identity provider handed out is renewed as well; the provider may say that it is over there. That
    // the provider is down is told only to who asked for its tokens: a session must not hang on it, nor a pair that has been replaced.
    const renew = async (sessionId: string, asked: boolean): Promise<void> => {
      const renewed = await ctx.provider(ProviderSessions).renew(sessionId).catch((error: unknown) => {
        if (!asked && error instanceof Problem && error.kind.status === 503) return 'later';
        throw error;
      }); // prettier-ignore
      if (asked && renewed === 'none') throw new Problem('refresh-unavailable', 'The identity provider gave no refresh token for this session.');
    };
    if (refreshToken !== undefined) {
      const from = { ip: ctx.actor.ip, agent: ctx.browser?.userAgent ?? null };
      const issued = await sessions.refresh(refreshToken, from);
      await renew(issued.sessionId, false);
      return { ...issued, expiresAt: issued.expiresAt.toISOString() };
    }
    const token = ctx.browser?.cookie(SESSION_COOKIE);
    if (!token) throw new Problem('unauthenticated', 'There is neither a refresh token nor a session cookie.');
    const session = await sessions.extend(token);
    await renew(session.id, provider);
    return { tokenType: session.kind, expiresAt: session.idleExpiresAt.toISOString() };
  },
});
