import { z } from 'zod';
import { NO_TENANT } from '#kernel/context.ts';
import { defineOperation } from '#kernel/operation.ts';
import { announceEnded, requireSession } from '../own.ts';
import { EndSession, Sessions } from '../sessions/port.ts';

export const authLogout = defineOperation({
  name: 'auth.logout',
  summary: 'End this session, the others, or all',
  permission: 'auth:login',
  risk: 'write',
  change: 'none',
  access: 'self',
  session: 'end',
  hiddenFrom: ['mcp', 'workflow'],
  input: z.object({ scope: z.enum(['this', 'others', 'all']).default('this').meta({ title: 'Which sessions' }) }),
  output: z.object({
    ended: z.boolean().meta({ help: 'Whether this session is over' }),
    others: z.int().meta({ help: 'How many others ended' }),
    endSessionUrl: z.string().nullable().meta({ help: 'Where the browser goes to be signed out at the identity provider as well' }),
  }),
  targets: 'none',
  async run(ctx, { scope }) {
    const sessionId = requireSession(ctx.actor);
    const sessions = ctx.provider(Sessions);
    const session = scope === 'others' ? undefined : await sessions.get(sessionId);
    // Asked before the end, which forgets the provider's tokens.
    const endSessionUrl = session ? await ctx.provider(EndSession).urlFor(session, ctx) : null;
    const others = scope === 'this' ? [] : await sessions.endAll(ctx.actor.id, 'logout', sessionId);
    const ended = scope !== 'others' && (await sessions.end(ctx.actor.id, sessionId, 'logout'));
    announceEnded(ctx, [...others, ...(ended ? [sessionId] : [])], 'logout');
    if (ended && ctx.tenantId !== NO_TENANT) ctx.emit('auth.logout', { userId: ctx.actor.id, sessionId });
    return { ended, others: others.length, endSessionUrl };
  },
});
