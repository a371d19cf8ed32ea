import { z } from 'zod';
import type { TenantRecord } from './providers/port.ts';

export const Tenant = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  status: z.enum(['active', 'suspended']),
  createdAt: z.iso.datetime(),
});
export const tenant = ({ id, slug, name, status, createdAt }: TenantRecord): z.input<typeof Tenant> => ({
  id,
  slug,
  name,
  status,
  createdAt: createdAt.toISOString(),
});

export const Member = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string(),
  status: z.enum(['active', 'suspended']),
  roles: z.array(z.object({ key: z.string(), name: z.string() })),
  joinedAt: z.iso.datetime(),
});
export const member = (row: { id: string; name: string; email: string; status: 'active' | 'suspended'; joinedAt: Date }, roles: { key: string; name: string }[]): z.input<typeof Member> => ({
  id: row.id, name: row.name, email: row.email, status: row.status, roles, joinedAt: row.joinedAt.toISOString(),
}); // prettier-ignore
