import { z } from 'zod';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { told } from '../events.ts';
import { called, foresight, observed, secretChange } from '../plans.ts';
import { findAny, oneSecret, requireSeen, secretTarget, secretView, takePlaces } from '../rows.ts';
import { id, Secret } from '../schemas.ts';
import { secrets, type SecretRow } from '../tables.ts';
import { namedOnce, requireFree } from '../writes.ts';

function requireDeleted(row: SecretRow): void {
  if (row.deletedAt === null) throw new Problem('invalid-transition', `"${row.name}" is not deleted.`);
}

export const secretsRestore = defineOperation({
  name: 'secrets.restore',
  summary: 'Bring a deleted secret back',
  description: 'With its versions, until it is deleted for good. Refused when the name was given to another one meanwhile.',
  permission: 'secrets:write',
  risk: 'write',
  route: { method: 'POST', path: '/secrets/{id}/restore' },
  input: z.object({ id }),
  output: Secret,
  targets: async (ctx, input) => [secretTarget(await oneSecret(ctx, input.id))],
  async plan(ctx, input) {
    const row = await oneSecret(ctx, input.id);
    requireSeen(row, ctx);
    requireDeleted(row);
    await requireFree(ctx, row);
    return {
      summary: `Bring secret ${called(row)} back`,
      changes: [secretChange('secret', row, 'update', [{ path: 'deletedAt', before: row.deletedAt!.toISOString(), after: null }])],
      ...observed(row),
      reversible: 'Delete it again.',
      warnings: await foresight(ctx, [row]),
    };
  },
  async run(ctx, input) {
    await takePlaces(ctx);
    const row = await findAny(ctx, 'secret', input.id, true);
    requireSeen(row, ctx);
    requireDeleted(row);
    const [after] = await namedOnce(
      row,
      ctx.db
        .update(secrets)
        .set({ deletedAt: null, purgeAfter: null, version: row.version + 1, updatedAt: ctx.now() })
        .where(and(eq(secrets.tenantId, ctx.tenantId), eq(secrets.id, row.id)))
        .returning(),
    );
    ctx.emit('secret.restored', told(row));
    return secretView(after!, ctx.now());
  },
});
