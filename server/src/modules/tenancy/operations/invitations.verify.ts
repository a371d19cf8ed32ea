import { z } from 'zod';
import { sha256 } from '#kernel/ids.ts';
import { defineOperation } from '#kernel/operation.ts';
import { token } from '../invitations/schemas.ts';
import { maskedAddress, notGood } from '../invitations/rules.ts';
import { Invitations, Persons } from '../providers/port.ts';

export const invitationsVerify = defineOperation({
  name: 'invitations.verify',
  summary: 'Look at an invitation before accepting it',
  permission: 'invitations:accept',
  risk: 'read',
  access: 'public',
  route: { method: 'POST', path: '/invitations/verify' },
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  input: z.object({ token }),
  output: z.object({
    valid: z.literal(true),
    tenant: z.object({ name: z.string(), logoUrl: z.string().nullable() }),
    roles: z.array(z.string()),
    emailMasked: z.string(),
    requiresSignup: z.boolean().meta({ help: 'Nobody has signed up with the address yet' }),
    expiresAt: z.iso.datetime(),
  }),
  targets: 'none',
  async run(ctx, { token: given }) {
    const persons = ctx.provider(Persons);
    await persons.takeTry('invitationNetwork', ctx.actor.ip ?? 'unknown');
    await persons.takeTry('invitation', sha256(given));
    const found = await ctx.provider(Invitations).peek(given);
    if (!found) throw notGood();
    const { tenant, roles, email, expiresAt } = found;
    return {
      valid: true as const,
      tenant: { name: tenant.name, logoUrl: tenant.hasLogo ? `/api/v1/public/tenants/${tenant.id}/logo` : null },
      roles,
      emailMasked: maskedAddress(email),
      requiresSignup: (await persons.byEmail(email)) === undefined,
      expiresAt: expiresAt.toISOString(),
    };
  },
});
