import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { ProviderProbe } from '../federation/port.ts';
import { oneRow, targetOf } from '../federation/provider-rows.ts';

/** Its file is not named as it is: what ends in `.test.ts` is a test. */
export const identityProvidersTest = defineOperation({
  name: 'identityProviders.test',
  summary: 'Look whether an identity provider can be used',
  description: 'Reads its discovery document and its keys, as a sign-in would.',
  permission: 'identityProviders:write',
  // It stores nothing; a write, because it makes calls to a host that the caller named.
  risk: 'write',
  change: 'none',
  route: { method: 'POST', path: '/identity-providers/{id}/test' },
  input: z.object({ id: z.uuid() }),
  output: z.object({ ok: z.boolean(), checks: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string() })) }),
  targets: async (ctx, { id }) => [targetOf(await oneRow(ctx, id))],
  async run(ctx, { id }) {
    await oneRow(ctx, id);
    const checks = await ctx.provider(ProviderProbe).check(id);
    return { ok: checks.every(({ ok }) => ok), checks };
  },
});
