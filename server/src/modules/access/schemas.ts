import { z } from 'zod';
import { Scope } from '#kernel/scope.ts';
import type { MemberRef } from './providers/port.ts';
import type { DenyRow, GrantRow, RoleRow } from './tables.ts';

export const Risk = z.enum(['read', 'write', 'high']);

export const Role = z.object({
  id: z.uuid(),
  key: z.string(),
  name: z.string(),
  description: z.string(),
  level: z.int().meta({ help: '1 has the most power' }),
  maxRisk: Risk,
  patterns: z.array(z.string()),
  system: z.boolean(),
  assignable: z.boolean(),
  requiresMfa: z.boolean().meta({ help: 'People who hold it need a second factor' }),
  clonedFrom: z.uuid().nullable(),
  members: z.int().meta({ help: 'People with a grant in force or to come' }),
  version: z.int(),
});
export const role = (row: RoleRow, members: number): z.input<typeof Role> => ({
  id: row.id, key: row.key, name: row.name, description: row.description, level: row.level, maxRisk: row.maxRisk, patterns: row.patterns,
  system: row.system, assignable: row.assignable, requiresMfa: row.requiresMfa, clonedFrom: row.clonedFrom, members, version: row.version,
}); // prettier-ignore

export const RoleDetail = Role.extend({
  permissions: z.array(z.string()).meta({ help: 'All that its patterns hold, within the boundary of the tenant' }),
});

const Who = z.object({ id: z.uuid(), name: z.string(), email: z.string() });

export const Grant = z.object({
  id: z.uuid(),
  subject: Who.extend({ kind: z.literal('user') }),
  role: z.object({ id: z.uuid(), key: z.string(), name: z.string() }),
  scope: Scope,
  validFrom: z.iso.datetime(),
  validUntil: z.iso.datetime().nullable(),
  reason: z.string(),
  grantedBy: Who.nullable().meta({ help: 'Null when the installation gave it with the tenant' }),
  createdAt: z.iso.datetime(),
});

const who = (id: string, people: ReadonlyMap<string, MemberRef>): z.input<typeof Who> => ({
  id,
  name: people.get(id)?.name ?? 'A former member',
  email: people.get(id)?.email ?? '',
});

type RoleRef = { id: string; key: string; name: string };
export const grant = (row: GrantRow, { id, key, name }: RoleRef, people: ReadonlyMap<string, MemberRef>): z.input<typeof Grant> => ({
  id: row.id, subject: { kind: 'user', ...who(row.subjectId, people) }, role: { id, key, name }, scope: row.scope,
  validFrom: row.validFrom.toISOString(), validUntil: row.validUntil?.toISOString() ?? null, reason: row.reason,
  grantedBy: row.grantedBy ? who(row.grantedBy, people) : null, createdAt: row.createdAt.toISOString(),
}); // prettier-ignore

export const Deny = z.object({
  id: z.uuid(),
  subject: Who,
  patterns: z.array(z.string()),
  validUntil: z.iso.datetime().nullable(),
  reason: z.string(),
  deniedBy: Who,
  createdAt: z.iso.datetime(),
});
export const deny = (row: DenyRow, people: ReadonlyMap<string, MemberRef>): z.input<typeof Deny> => ({
  id: row.id, subject: who(row.subjectId, people), patterns: row.patterns, validUntil: row.validUntil?.toISOString() ?? null,
  reason: row.reason, deniedBy: who(row.deniedBy, people), createdAt: row.createdAt.toISOString(),
}); // prettier-ignore

/** A Scope as plain JSON, for a plan. */
export const scopeJson = (scope: Scope): z.core.util.JSONType => JSON.parse(JSON.stringify(scope)) as z.core.util.JSONType;

/** A target as somebody describes it, to ask what would be decided. */
export const AskedTarget = z.object({
  type: z.string().min(1).max(50),
  id: z.string().min(1).max(200),
  environment: z.string().max(50).optional(),
  labels: z.record(z.string(), z.string()).optional(),
});
