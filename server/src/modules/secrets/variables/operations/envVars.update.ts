import type { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { told } from '../../events.ts';
import { aboutTeam, called, observed, patchFields, secretChange, usersOf, valueField } from '../../plans.ts';
import { findLiving, oneLiving, referencesTo, requireSeen, secretTarget } from '../../rows.ts';
import { Variable, type ValueType } from '../../schemas.ts';
import type { SecretRow } from '../../tables.ts';
import { patchOf, requireGiven, saveSecret } from '../../writes.ts';
import { UpdateVariable } from '../inputs.ts';
import { variableView } from '../view.ts';

/** Else a value that was given as a secret would be shown from then on. */
function requireFitting(row: SecretRow, wish: z.output<typeof UpdateVariable>): void {
  const { value } = wish;
  const type: ValueType = wish.type ?? row.type;
  requireGiven({ value }, type, false);
  if (type === row.type || value !== undefined) return;
  const message = 'changes together with the value only';
  throw new Problem('validation-failed', `/type: ${message}.`, { errors: [{ pointer: '/type', message }] });
}

export const envVarsUpdate = defineOperation({
  name: 'envVars.update',
  summary: 'Change an environment variable',
  description: 'With a value it gets a new version; the 20 newest are kept.',
  permission: 'secrets:write',
  risk: 'write',
  // See secrets.create.
  hiddenFrom: ['mcp', 'workflow'],
  route: { method: 'PATCH', path: '/env-vars/{id}' },
  aliases: [{ method: 'PATCH', path: '/env-vars' }],
  input: UpdateVariable,
  output: Variable,
  async targets(ctx, wish) {
    const row = await oneLiving(ctx, wish.id, 'variable');
    return [secretTarget(row), ...(wish.tags ? [secretTarget({ ...row, tags: wish.tags })] : [])];
  },
  async plan(ctx, wish) {
    const row = await oneLiving(ctx, wish.id, 'variable');
    requireSeen(row, ctx);
    requireFitting(row, wish);
    const fields = [...(wish.value === undefined ? [] : [valueField(row.currentVersion, undefined)]), ...patchFields(row, patchOf(wish))];
    return {
      summary: `Change ${fields.map(({ path }) => path).join(', ') || 'nothing'} of variable ${called(row)}`,
      changes: [secretChange('variable', row, 'update', fields)],
      ...observed(row),
      reversible: 'Change it back.',
      warnings: [...(wish.value === undefined ? [] : usersOf(await referencesTo(ctx, row))), ...(await aboutTeam(ctx, wish.ownerTeam))],
    };
  },
  async run(ctx, wish) {
    const row = await findLiving(ctx, 'variable', wish.id, true);
    requireSeen(row, ctx);
    requireFitting(row, wish);
    const patch = patchOf(wish);
    const value = wish.value === undefined ? undefined : { text: wish.value, generated: false };
    const after = await saveSecret(ctx, row, patch, value);
    ctx.emit('secret.updated', { ...told(row), fields: [...Object.keys(patch), ...(value ? ['value'] : [])] });
    return variableView(ctx, after);
  },
});
