import { z } from 'zod';
import { Scope } from '#kernel/scope.ts';
import { maskedIp } from '../network.ts';
import type { KeyRecord, ServiceAccountRecord } from './port.ts';
import { KEYS, networkText } from './rules.ts';

const Network = z.string().max(50).transform((text, ctx) => {
  const network = networkText(text.trim());
  if (network === undefined) ctx.addIssue({ code: 'custom', message: 'A network such as 192.0.2.0/24 or 2001:db8::/32, or an address' });
  return network ?? text;
}); // prettier-ignore

export const KeyFields = {
  name: z.string().trim().min(1).max(100).meta({ title: 'Name', help: 'What the key is for' }),
  permissions: z
    .array(z.string().max(100))
    .min(1)
    .max(100)
    .meta({ title: 'Permissions', help: 'Patterns such as `servers:*` or `*:read`; all of the owner’s when left out', widget: 'permissions' }),
  scope: Scope.meta({ title: 'Scope', help: 'What the key reaches at most; all that its owner reaches when left out', widget: 'scope' }),
  cidrs: z
    .array(Network)
    .max(KEYS.cidrs)
    .meta({ title: 'Networks', help: 'From where the key is good; from everywhere when there is none', examples: [['192.0.2.0/24']] }),
};

const Owner = z.object({ id: z.uuid(), name: z.string(), kind: z.enum(['person', 'service']) });

export const ApiKey = z.object({
  id: z.uuid(),
  name: z.string(),
  prefix: z.string().meta({ help: 'The part of the key that may be seen: `sy_` and its public id' }),
  permissions: z.array(z.string()).nullable().meta({ help: 'What the key may do at most; null for all that its owner may' }),
  scope: Scope.nullable().meta({ help: 'What the key reaches at most; null for all that its owner reaches' }),
  cidrs: z.array(z.string()).meta({ help: 'Networks from which the key is good; none for all' }),
  owner: Owner,
  rotatedFrom: z.uuid().nullable().meta({ help: 'The key that this one takes the place of' }),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
  lastUsedIp: z.string().nullable().meta({ help: 'The last part is hidden' }),
  version: z.int(),
});
export const apiKey = (record: KeyRecord): z.input<typeof ApiKey> => ({
  id: record.id, name: record.name, prefix: `sy_${record.publicId}`, permissions: record.permissions, scope: record.scope, cidrs: record.cidrs,
  owner: { id: record.owner.id, name: record.owner.name, kind: record.owner.kind }, rotatedFrom: record.rotatedFrom,
  createdAt: record.createdAt.toISOString(), expiresAt: record.expiresAt.toISOString(),
  lastUsedAt: record.lastUsedAt?.toISOString() ?? null, lastUsedIp: maskedIp(record.lastUsedIp), version: record.version,
}); // prettier-ignore

export const FreshKey = ApiKey.extend({ key: z.string().meta({ secret: true, help: 'Send it as `Authorization: Bearer …`' }) });

export const AccountFields = {
  name: z
    .string()
    .trim()
    .min(2)
    .max(100)
    .meta({ title: 'Name', examples: ['CI deployment'] }),
  description: z.string().trim().max(500).meta({ title: 'Description', widget: 'textarea' }),
  ownerId: z.uuid().meta({ title: 'Answerable', help: 'The person who answers for it', widget: 'member' }),
};

export const ServiceAccount = z.object({
  id: z.uuid(),
  name: z.string(),
  description: z.string(),
  owner: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  status: z.enum(['active', 'suspended']).meta({ help: 'Suspended also while the person who answers for it is no active member' }),
  keys: z.int().meta({ help: 'Live API keys' }),
  roles: z.array(z.object({ key: z.string(), name: z.string() })),
  version: z.int(),
  createdAt: z.iso.datetime(),
});
export const serviceAccount = (
  { createdAt, ...record }: ServiceAccountRecord,
  roles: readonly { key: string; name: string }[],
): z.input<typeof ServiceAccount> => ({
  ...record,
  roles: roles.map(({ key, name }) => ({ key, name })),
  createdAt: createdAt.toISOString(),
});
