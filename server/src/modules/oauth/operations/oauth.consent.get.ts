import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { requirePerson } from '../own.ts';
import { Authorization } from '../providers/port.ts';
import { Kind, Level, request } from '../schemas.ts';

export const oauthConsentGet = defineOperation({
  name: 'oauth.consent.get',
  summary: 'Show what an agent asks you for',
  permission: 'oauth:consent',
  risk: 'read',
  access: 'self',
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  route: { method: 'POST', path: '/oauth/consent' },
  input: z.object({ request }),
  output: z.object({
    client: z.object({ id: z.string(), name: z.string(), kind: Kind, uri: z.string().nullable(), host: z.string() }),
    risk: Level.meta({ help: 'What it asks for' }),
    allowedBefore: Level.nullable().meta({ help: 'What you allowed it before' }),
    tenants: z.array(z.object({ id: z.uuid(), slug: z.string(), name: z.string(), allowed: z.boolean() })),
    remembered: z.boolean().meta({ help: 'The same was allowed before, to the same program' }),
    expiresAt: z.iso.datetime(),
  }),
  targets: 'none',
  async run(ctx, input) {
    requirePerson(ctx.actor);
    const { expiresAt, ...consent } = await ctx.provider(Authorization).consent(input.request, ctx.actor.id);
    return { ...consent, expiresAt: expiresAt.toISOString() };
  },
});
