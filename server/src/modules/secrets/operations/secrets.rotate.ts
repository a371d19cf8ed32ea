import { defineOperation } from '#kernel/operation.ts';
import { told } from '../events.ts';
import { RotateInput } from '../inputs.ts';
import { called, observed, patchFields, secretChange, usersOf, valueField } from '../plans.ts';
import { findLiving, oneLiving, referencesTo, requireSeen, secretTarget, secretView } from '../rows.ts';
import { SecretOnce } from '../schemas.ts';
import { patchOf, requireGiven, saveSecret, valueOf } from '../writes.ts';

export const secretsRotate = defineOperation({
  name: 'secrets.rotate',
  summary: 'Replace the value of a secret',
  description: 'Whatever refers to it takes the new value the next time it needs one. A generated value is in this answer once.',
  permission: 'secrets:rotate',
  risk: 'write',
  // See secrets.create.
  hiddenFrom: ['mcp', 'workflow'],
  route: { method: 'POST', path: '/secrets/{id}/rotate' },
  input: RotateInput,
  output: SecretOnce,
  targets: async (ctx, wish) => [secretTarget(await oneLiving(ctx, wish.id))],
  async plan(ctx, wish) {
    const row = await oneLiving(ctx, wish.id);
    requireSeen(row, ctx);
    requireGiven(wish, row.type, true);
    const { expiresAt = null } = wish;
    const users = await referencesTo(ctx, row);
    return {
      summary: `Replace the value of secret ${called(row)}`,
      changes: [secretChange('secret', row, 'update', [valueField(row.currentVersion, wish.generate), ...patchFields(row, patchOf({ expiresAt }))])],
      ...observed(row),
      reversible: 'Put the version before in force again with secrets.rollback.',
      warnings: usersOf(users),
      facts: { references: users.length },
    };
  },
  async run(ctx, wish) {
    const row = await findLiving(ctx, 'secret', wish.id, true);
    requireSeen(row, ctx);
    requireGiven(wish, row.type, true);
    const value = valueOf(wish)!;
    const after = await saveSecret(ctx, row, patchOf({ expiresAt: wish.expiresAt ?? null }), value);
    ctx.emit('secret.rotated', { ...told(after), version: after.currentVersion, generated: value.generated, restoredFrom: null });
    return { ...secretView(after, ctx.now()), ...(value.generated ? { value: value.text } : {}) };
  },
});
