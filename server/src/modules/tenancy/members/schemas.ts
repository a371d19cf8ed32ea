import { z } from 'zod';
import type { HeldRole } from '../providers/port.ts';
import type { MemberRow } from '../tables.ts';

export const Member = z.object({
  id: z.uuid(),
  kind: z.enum(['person', 'service']),
  name: z.string(),
  email: z.string(),
  title: z.string().nullable(),
  status: z.enum(['active', 'suspended']),
  roles: z.array(z.object({ key: z.string(), name: z.string(), grantId: z.uuid() })),
  mfa: z.boolean().meta({ help: 'Has a second factor' }),
  joinedAt: z.iso.datetime(),
  lastLoginAt: z.iso.datetime().nullable(),
  avatarUrl: z.string().nullable(),
});
export const member = (row: MemberRow, roles: readonly HeldRole[] = []): z.input<typeof Member> => ({
  id: row.id, kind: row.kind, name: row.name, email: row.email, title: row.title, status: row.status,
  roles: roles.map(({ key, name, grantId }) => ({ key, name, grantId })), mfa: row.mfa, joinedAt: row.joinedAt.toISOString(),
  lastLoginAt: row.lastLoginAt?.toISOString() ?? null, avatarUrl: row.avatarUrl,
}); // prettier-ignore

/** The tenant in the path; the one that the call is in anyway when the shorter path is used. */
export const inTenant = z.uuid().optional().meta({ title: 'Tenant', help: 'The tenant you are in when left out', widget: 'hidden' });
export const memberId = z.uuid().meta({ title: 'Person', widget: 'member' });
