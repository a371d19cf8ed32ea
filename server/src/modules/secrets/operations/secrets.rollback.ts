import type { ReadContext } from '#kernel/context.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { told } from '../events.ts';
import { RollbackInput } from '../inputs.ts';
import { called, observed, secretChange } from '../plans.ts';
import { Vault } from '../providers/port.ts';
import { findLiving, findVersion, oneLiving, requireSeen, secretTarget, secretView } from '../rows.ts';
import { Secret } from '../schemas.ts';
import type { SecretRow, SecretVersionRow } from '../tables.ts';
import { requireValue, saveSecret } from '../writes.ts';

async function earlier(ctx: ReadContext, row: SecretRow, number: number): Promise<SecretVersionRow> {
  if (number === row.currentVersion) throw new Problem('invalid-transition', `Version ${number} of "${row.name}" is in force already.`);
  return findVersion(ctx, row, number);
}

export const secretsRollback = defineOperation({
  name: 'secrets.rollback',
  summary: 'Put an earlier value of a secret in force again',
  description: 'As a new version, so that the history stays as it was.',
  permission: 'secrets:rotate',
  risk: 'write',
  route: { method: 'POST', path: '/secrets/{id}/rollback' },
  input: RollbackInput,
  output: Secret,
  targets: async (ctx, wish) => [secretTarget(await oneLiving(ctx, wish.id))],
  async plan(ctx, wish) {
    const row = await oneLiving(ctx, wish.id);
    requireSeen(row, ctx);
    await earlier(ctx, row, wish.version);
    const field = { path: 'value', before: `version ${row.currentVersion}`, after: `version ${row.currentVersion + 1}, as version ${wish.version}` };
    return {
      summary: `Put version ${wish.version} of secret ${called(row)} in force again`,
      changes: [secretChange('secret', row, 'update', [field])],
      ...observed(row),
      reversible: `Put version ${row.currentVersion} in force again.`,
    };
  },
  async run(ctx, wish) {
    const row = await findLiving(ctx, 'secret', wish.id, true);
    requireSeen(row, ctx);
    const old = await earlier(ctx, row, wish.version);
    const text = await ctx.provider(Vault).open(ctx.db, row, old);
    requireValue(row.type, text, '/version');
    const after = await saveSecret(ctx, row, {}, { text, generated: old.generated }, old.number);
    ctx.emit('secret.rotated', { ...told(after), version: after.currentVersion, generated: old.generated, restoredFrom: old.number });
    return secretView(after, ctx.now());
  },
});
