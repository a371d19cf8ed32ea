import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { requireSession } from '../own.ts';
import { Accounts } from '../providers/port.ts';
import { TenantRef, tenantRef, TokenKind } from '../schemas.ts';
import { over } from '../sessions/found.ts';
import { Sessions } from '../sessions/port.ts';

export const authSession = defineOperation({
  name: 'auth.session',
  summary: 'Show this session: who, where, how well proven, until when',
  permission: 'auth:login',
  risk: 'read',
  access: 'self',
  route: { method: 'GET', path: '/auth/session' },
  hiddenFrom: ['mcp', 'workflow'],
  input: z.object({}),
  output: z.object({
    id: z.uuid(),
    user: z.object({ id: z.uuid(), email: z.string(), name: z.string() }),
    tenant: TenantRef.nullable(),
    tenants: z.array(TenantRef),
    tokenType: TokenKind,
    level: z.union([z.literal(1), z.literal(2)]).meta({ help: '2: by two factors, or by a passkey that verified its user' }),
    methods: z.array(z.string()).meta({ help: 'How it was proven (RFC 8176)' }),
    signedInAt: z.iso.datetime(),
    provenAt: z.iso.datetime(),
    factors: z.array(z.string()).meta({ help: 'What a step-up accepts now' }),
    expiresAt: z.iso.datetime(),
    endsAt: z.iso.datetime().meta({ help: 'When it ends in any case' }),
    limitedTo: z.literal('enrolment').nullable(),
  }),
  targets: 'none',
  async run({ actor, provider }) {
    const session = await provider(Sessions).get(requireSession(actor));
    if (!session) throw over();
    const tenants = await provider(Accounts).memberships(actor.id);
    const tenant = tenants.find((one) => one.tenantId === actor.tenantId);
    return {
      id: session.id,
      user: { id: actor.id, email: actor.email!, name: actor.name },
      tenant: tenant ? tenantRef(tenant) : null,
      tenants: tenants.map(tenantRef),
      tokenType: session.kind,
      level: session.level,
      methods: [...session.amr],
      signedInAt: session.authTime.toISOString(),
      provenAt: session.provenAt.toISOString(),
      factors: [...(actor.proof?.factors ?? [])],
      expiresAt: session.idleExpiresAt.toISOString(),
      endsAt: session.expiresAt.toISOString(),
      limitedTo: actor.limitedTo ?? null,
    };
  },
});
