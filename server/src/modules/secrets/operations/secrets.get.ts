import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { oneSecret, referencesTo, referenceView, secretTarget, secretView } from '../rows.ts';
import { id, SecretDetail } from '../schemas.ts';

export const secretsGet = defineOperation({
  name: 'secrets.get',
  summary: 'Show a secret',
  description: 'What is known of it, and what refers to it; never its value.',
  permission: 'secrets:read',
  risk: 'read',
  input: z.object({ id }),
  output: SecretDetail,
  targets: async (ctx, input) => [secretTarget(await oneSecret(ctx, input.id))],
  async run(ctx, input) {
    const row = await oneSecret(ctx, input.id);
    const references = row.deletedAt ? [] : await referencesTo(ctx, row);
    return { ...secretView(row, ctx.now()), references: references.map(referenceView) };
  },
});
