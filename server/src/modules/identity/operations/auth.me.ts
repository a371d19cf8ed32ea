import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Accounts, Standing } from '../providers/port.ts';
import { Sessions } from '../sessions/port.ts';
import { TenantRef, tenantRef } from '../schemas.ts';

const Role = z.object({ key: z.string(), name: z.string() });

export const authMe = defineOperation({
  name: 'auth.me',
  summary: 'Show who you are, where, and what you may do',
  permission: 'sessions:read',
  risk: 'read',
  access: 'self',
  route: { method: 'GET', path: '/me' },
  input: z.object({}),
  output: z.object({
    actor: z.object({
      kind: z.enum(['user', 'apiKey', 'agent', 'system', 'anonymous']),
      id: z.string(),
      name: z.string(),
      email: z.string().nullable(),
    }),
    tenant: TenantRef.nullable(),
    tenants: z.array(TenantRef.extend({ roles: z.array(z.string()) })),
    roles: z.array(Role),
    permissions: z.array(z.string()).meta({ help: 'Patterns; cut down to what the API key allows, if there is one' }),
    session: z.object({ expiresAt: z.iso.datetime() }).nullable(),
  }),
  targets: 'none',
  async run(ctx) {
    const { actor, tenantId } = ctx;
    const accounts = ctx.provider(Accounts);
    const standing = ctx.provider(Standing);
    const memberships = await accounts.memberships(actor.id);
    const roles = await standing.everywhere(actor.id);
    const session = actor.kind === 'user' && actor.credentialId ? await ctx.provider(Sessions).get(actor.credentialId) : undefined;
    const visible = actor.kind === 'user' ? memberships : memberships.filter((one) => one.tenantId === tenantId);
    const here = memberships.find((one) => one.tenantId === tenantId);
    return {
      actor: { kind: actor.kind, id: actor.id, name: actor.name, email: actor.email },
      tenant: here ? tenantRef(here) : null,
      tenants: visible.map((one) => ({ ...tenantRef(one), roles: (roles.get(one.tenantId) ?? []).map((role) => role.key) })),
      roles: roles.get(tenantId) ?? [],
      permissions: await standing.patterns(ctx.db, actor),
      session: session ? { expiresAt: session.idleExpiresAt.toISOString() } : null,
    };
  },
});
