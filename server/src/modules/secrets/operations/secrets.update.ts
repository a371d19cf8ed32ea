import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { told } from '../events.ts';
import { UpdateInput, type UpdateWish } from '../inputs.ts';
import { aboutTeam, called, observed, patchFields, secretChange, usersOf, valueField } from '../plans.ts';
import { findLiving, oneLiving, referencesTo, requireSeen, secretTarget, secretView } from '../rows.ts';
import { SecretOnce } from '../schemas.ts';
import type { SecretRow } from '../tables.ts';
import { patchOf, requireGiven, saveSecret, valueOf } from '../writes.ts';

/** A type is a promise about the value, so it changes with the value only. */
function requireFitting(row: SecretRow, wish: UpdateWish): void {
  const type = wish.type ?? row.type;
  requireGiven(wish, type, false);
  if (type === row.type || wish.value !== undefined || wish.generate) return;
  const message = 'changes together with the value only';
  throw new Problem('validation-failed', `/type: ${message}.`, { errors: [{ pointer: '/type', message }] });
}

export const secretsUpdate = defineOperation({
  name: 'secrets.update',
  summary: 'Change a secret or what is said of it',
  description: 'With a value, or one that is generated, it gets a new version; the 20 newest are kept.',
  permission: 'secrets:write',
  risk: 'write',
  // See secrets.create.
  hiddenFrom: ['mcp', 'workflow'],
  input: UpdateInput,
  output: SecretOnce,
  async targets(ctx, wish) {
    const row = await oneLiving(ctx, wish.id);
    return [secretTarget(row), ...(wish.tags ? [secretTarget({ ...row, tags: wish.tags })] : [])];
  },
  async plan(ctx, wish) {
    const row = await oneLiving(ctx, wish.id);
    requireSeen(row, ctx);
    requireFitting(row, wish);
    const valued = wish.value !== undefined || wish.generate !== undefined;
    const fields = [...(valued ? [valueField(row.currentVersion, wish.generate)] : []), ...patchFields(row, patchOf(wish))];
    return {
      summary: `Change ${fields.map(({ path }) => path).join(', ') || 'nothing'} of secret ${called(row)}`,
      changes: [secretChange('secret', row, 'update', fields)],
      ...observed(row),
      reversible: valued ? 'Put the version before in force again with secrets.rollback.' : 'Change it back.',
      warnings: [...(valued ? usersOf(await referencesTo(ctx, row)) : []), ...(await aboutTeam(ctx, wish.ownerTeam))],
    };
  },
  async run(ctx, wish) {
    const row = await findLiving(ctx, 'secret', wish.id, true);
    requireSeen(row, ctx);
    requireFitting(row, wish);
    const value = valueOf(wish);
    const patch = patchOf(wish);
    const after = await saveSecret(ctx, row, patch, value);
    ctx.emit('secret.updated', { ...told(after), fields: [...Object.keys(patch), ...(value ? ['value'] : [])] });
    return { ...secretView(after, ctx.now()), ...(value?.generated ? { value: value.text } : {}) };
  },
});
