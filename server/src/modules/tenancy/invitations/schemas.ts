import { z } from 'zod';
import { Scope } from '#kernel/scope.ts';
import type { RoleRef } from '../providers/port.ts';
import type { InvitationRow } from '../tables.ts';

export const Invitation = z.object({
  id: z.uuid(),
  email: z.string(),
  roles: z.array(z.object({ id: z.uuid(), key: z.string(), name: z.string() })),
  scope: Scope,
  state: z.enum(['pending', 'accepted', 'expired', 'revoked']),
  message: z.string().nullable(),
  invitedBy: z.object({ id: z.uuid(), name: z.string() }),
  expiresAt: z.iso.datetime(),
  resends: z.int(),
  createdAt: z.iso.datetime(),
});

/** A pending one past its time is over, whether the sweep has been there or not. */
export const stateAt = (row: Pick<InvitationRow, 'state' | 'expiresAt'>, at: Date): InvitationRow['state'] =>
  row.state === 'pending' && row.expiresAt <= at ? 'expired' : row.state;

interface Names {
  roles: ReadonlyMap<string, RoleRef>;
  people: ReadonlyMap<string, { name: string }>;
  at: Date;
}
export const invitation = (row: InvitationRow, { roles, people, at }: Names): z.input<typeof Invitation> => ({
  id: row.id,
  email: row.email,
  roles: row.roleIds.flatMap((id) => {
    const role = roles.get(id);
    return role ? [{ id, key: role.key, name: role.name }] : [];
  }),
  scope: row.scope,
  state: stateAt(row, at),
  message: row.message,
  invitedBy: { id: row.invitedBy, name: people.get(row.invitedBy)?.name ?? 'A former member' },
  expiresAt: row.expiresAt.toISOString(),
  resends: row.resends,
  createdAt: row.createdAt.toISOString(),
});

export const invitedEmail = z
  .string()
  .trim()
  .max(254)
  .meta({ title: 'E-mail', widget: 'email', examples: ['ann@acme.example'] });
export const roleIds = z.array(z.uuid()).min(1).max(5).meta({ title: 'Roles', widget: 'role' });
export const message = z.string().trim().max(1000).optional().meta({ title: 'Message', widget: 'textarea' });
export const token = z.string().min(20).max(100).meta({ title: 'Token', secret: true });

export const INVITATION = { days: 7, mostDays: 30, resends: 5, pending: 500, bulk: 100 } as const;
