import { z } from 'zod';
import type { Issued, KeyRecord, SessionRecord } from './providers/port.ts';
import { maskedIp } from './network.ts';
import { MAX_BYTES } from './password-rules.ts';

export const TenantRef = z.object({ id: z.uuid(), slug: z.string(), name: z.string() });
const Person = z.object({ id: z.uuid(), email: z.string(), name: z.string() });

export const LoginInput = z.object({
  email: z
    .string()
    .trim()
    .min(3)
    .max(254)
    .regex(/^\P{Cc}+$/u, 'No control characters')
    .meta({ title: 'E-mail', widget: 'email' }),
  password: z
    .string()
    .min(1)
    .refine((password) => Buffer.byteLength(password) <= MAX_BYTES, 'At most 1,024 bytes')
    .meta({ title: 'Password', widget: 'password', secret: true }),
  tenant: z
    .string()
    .max(50)
    .regex(/^\P{Cc}+$/u, 'No control characters')
    .optional()
    .meta({ title: 'Tenant', help: 'Slug; the tenant used last when left out' }),
  tokenType: z
    .enum(['cookie', 'bearer'])
    .default('cookie')
    .meta({ title: 'Token', help: '`cookie` for browsers; `bearer` puts the token into the answer' }),
});

export const SignedIn = z.object({
  user: Person,
  tenant: TenantRef,
  tenants: z.array(TenantRef),
  token: z.string().meta({ secret: true }).optional(),
  tokenType: z.enum(['cookie', 'bearer']),
  expiresAt: z.iso.datetime(),
});
export const signedIn = ({ user, tenant, tenants, token, tokenType, expiresAt }: Issued): z.input<typeof SignedIn> => ({
  user, tenant: tenantRef(tenant), tenants: tenants.map(tenantRef), token, tokenType, expiresAt: expiresAt.toISOString(),
}); // prettier-ignore
export const tenantRef = ({ tenantId, slug, name }: { tenantId: string; slug: string; name: string }): z.input<typeof TenantRef> => ({
  id: tenantId,
  slug,
  name,
});

export const Session = z.object({
  id: z.uuid(),
  kind: z.enum(['cookie', 'bearer']),
  tenantId: z.uuid(),
  ip: z.string().nullable().meta({ help: 'The last part is hidden' }),
  current: z.boolean(),
  createdAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
});
export const session = (record: SessionRecord, currentId: string | null): z.input<typeof Session> => ({
  id: record.id, kind: record.kind, tenantId: record.tenantId, ip: maskedIp(record.ip), current: record.id === currentId,
  createdAt: record.createdAt.toISOString(), lastSeenAt: record.lastSeenAt.toISOString(), expiresAt: record.expiresAt.toISOString(),
}); // prettier-ignore

export const ApiKey = z.object({
  id: z.uuid(),
  name: z.string().trim().min(1).max(100).meta({ title: 'Name', help: 'What the key is for' }),
  prefix: z.string().meta({ help: 'The part of the key that may be seen: `sy_` and its public id' }),
  permissions: z.array(z.string()).nullable().meta({ help: 'What the key may do at most; null for all that its owner may' }),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
});
export const apiKey = (record: KeyRecord): z.input<typeof ApiKey> => ({
  id: record.id, name: record.name, prefix: `sy_${record.publicId}`, permissions: record.permissions,
  createdAt: record.createdAt.toISOString(), expiresAt: record.expiresAt.toISOString(), lastUsedAt: record.lastUsedAt?.toISOString() ?? null,
}); // prettier-ignore
