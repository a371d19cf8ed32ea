import { z } from 'zod';
import { sha256 } from '#kernel/ids.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { token } from '../invitations/schemas.ts';
import { Invitations, Persons } from '../providers/port.ts';

export const invitationsAccept = defineOperation({
  name: 'invitations.accept',
  summary: 'Accept an invitation to a tenant',
  description: 'You have to be signed in with the address that was invited, and it has to be verified.',
  permission: 'invitations:accept',
  risk: 'write',
  change: 'none',
  access: 'self',
  route: { method: 'POST', path: '/invitations/accept' },
  aliases: [{ method: 'POST', path: '/invitations/{token}/accept' }],
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  input: z.object({ token }),
  output: z.object({ tenant: z.object({ id: z.uuid(), slug: z.string(), name: z.string() }) }),
  targets: 'none',
  async run(ctx, { token: given }) {
    // A stolen key must not be able to take its owner elsewhere.
    if (ctx.actor.kind !== 'user') throw new Problem('session-required', 'This needs a person who is signed in; an API key may not do it.');
    await ctx.provider(Persons).takeTry('invitation', sha256(given));
    const { tenantId: id, slug, name } = await ctx.provider(Invitations).acceptFor(ctx.actor.id, given);
    return { tenant: { id, slug, name } };
  },
});
