import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { inTenant, requirePerson } from '../own.ts';
import { Authorization } from '../providers/port.ts';
import { Level, request, Sent } from '../schemas.ts';

export const oauthConsentApprove = defineOperation({
  name: 'oauth.consent.approve',
  summary: 'Let an agent act for you in this tenant',
  description:
    'It may do what you may, up to `risk`, which is yours to say whatever it asked for; it never decides on what was asked for in your name.',
  permission: 'oauth:consent',
  risk: 'write',
  change: 'none',
  access: 'self',
  tenantField: 'tenantId',
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  route: { method: 'POST', path: '/oauth/consent/approve' },
  input: z.object({ request, tenantId: z.uuid().meta({ title: 'Tenant' }), risk: Level }),
  output: Sent,
  targets: 'none',
  async run(ctx, input) {
    const { actor, tenantId } = ctx;
    requirePerson(actor);
    if (!inTenant(ctx) || actor.limitedTo !== undefined)
      throw new Problem('tenant-required', 'You cannot work in this tenant as you are signed in now.');
    const tenant = { id: tenantId, slug: actor.tenantSlug, name: actor.tenantSlug };
    const { location, agent } = await ctx.provider(Authorization).approve(input.request, { userId: actor.id, tenant, risk: input.risk });
    ctx.emit('agent.connected', {
      agentId: agent.id,
      userId: actor.id,
      clientId: agent.clientId,
      name: agent.name,
      host: agent.host,
      risk: agent.risk,
    });
    return { location };
  },
});
