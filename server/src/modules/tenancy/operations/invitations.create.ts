import { z } from 'zod';
import type { Context, ReadContext } from '#kernel/context.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { Scope } from '#kernel/scope.ts';
import { invite, requireInvitable, type Wanted } from '../invitations/sending.ts';
import { INVITATION, invitedEmail, message, roleIds } from '../invitations/schemas.ts';
import { lockTenant } from '../own.ts';
import { MemberRights } from '../providers/port.ts';
import { tenantId } from '../schemas.ts';
import type { TenantRow } from '../tables.ts';

const row = { email: invitedEmail, roleIds, scope: Scope.optional().meta({ title: 'Scope', help: 'Everything, when left out' }), message };
const input = z.object({
  id: tenantId,
  email: invitedEmail.optional(),
  roleIds: roleIds.optional(),
  scope: row.scope,
  message,
  items: z.array(z.object(row)).min(1).max(INVITATION.bulk).optional().meta({ title: 'Several at once', help: 'Each is answered by itself' }),
  expiresInDays: z.int().min(1).max(INVITATION.mostDays).default(INVITATION.days).meta({ title: 'Days until it expires' }),
});
type Wish = z.output<typeof input>;

/** One in the fields themselves, or several as items: never both. */
function wantedOf({ email, roleIds: roles, scope, message: words, items }: Wish): { single: boolean; wanted: Wanted[] } {
  if (items && email === undefined && roles === undefined) return { single: false, wanted: items };
  if (!items && email !== undefined && roles !== undefined) return { single: true, wanted: [{ email, roleIds: roles, scope, message: words }] };
  throw new Problem('validation-failed', 'Give either one e-mail address with its roles, or a list of items.', {
    errors: [{ pointer: '/email', message: 'An address with roles, or items' }],
  });
}

const Result = z.object({ email: z.string(), status: z.string().meta({ help: '`invited`, `resent`, or the problem that kept it back' }), detail: z.string().optional(), id: z.uuid().optional() }); // prettier-ignore

const isProofMissing = (error: unknown): boolean => error instanceof Problem && error.slug === 'step-up-required';

/** Everything else is answered row by row; a proof that is missing is missing for all, and the caller can bring it. */
async function requireProofs(ctx: ReadContext, wanted: readonly Wanted[]): Promise<void> {
  for (const roleId of new Set(wanted.flatMap((one) => one.roleIds))) {
    await ctx.provider(MemberRights).requireOffer(ctx, roleId, { all: true }).catch((error: unknown) => {
      if (isProofMissing(error)) throw error;
    }); // prettier-ignore
  }
}

async function oneOf(ctx: Context, tenant: TenantRow, wanted: Wanted, days: number): Promise<z.output<typeof Result>> {
  try {
    const { row: made, status } = await invite(ctx, tenant, wanted, days);
    return { email: made.email, status, id: made.id };
  } catch (error) {
    // A fault of the database has ended the transaction; only what we refuse ourselves can be told row by row.
    // A proof that is missing is missing for all of them, and the caller can bring it.
    if (error instanceof Problem && error.kind.status < 500 && error.slug !== 'step-up-required')
      return { email: wanted.email, status: error.slug, detail: error.message };
    throw error;
  }
}

export const invitationsCreate = defineOperation({
  name: 'invitations.create',
  summary: 'Invite people to a tenant by e-mail',
  description:
    'One, or up to a hundred with an answer for each. An address that is invited already gets a new link, and the old one is dead. The link is in the mail and nowhere else.',
  permission: 'users:invite',
  risk: 'write',
  route: { method: 'POST', path: '/tenants/{id}/invitations' },
  tenantField: 'id',
  input,
  output: z.object({ items: z.array(Result) }),
  targets: 'none',
  async plan(ctx, wish) {
    const { single, wanted } = wantedOf(wish);
    if (single) await requireInvitable(ctx, wanted[0]!);
    else await requireProofs(ctx, wanted);
    return {
      summary: single ? `Invite ${wanted[0]!.email}` : `Invite ${wanted.length} ${wanted.length === 1 ? 'person' : 'people'}`,
      changes: wanted.map(({ email }) => ({ action: 'create', type: 'invitation', name: email })),
      reversible: 'Revoke the invitation.',
    };
  },
  async run(ctx, wish) {
    const { single, wanted } = wantedOf(wish);
    // Who invites takes turns: the last seat goes to one of them.
    const tenant = await lockTenant(ctx);
    if (single) {
      const { row: made, status } = await invite(ctx, tenant, wanted[0]!, wish.expiresInDays);
      return { items: [{ email: made.email, status, id: made.id }] };
    }
    const items = [];
    for (const one of wanted) items.push(await oneOf(ctx, tenant, one, wish.expiresInDays));
    return { items };
  },
});
