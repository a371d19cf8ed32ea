import { defineOperation } from '#kernel/operation.ts';
import { told } from '../../events.ts';
import { called, foresight, valueField } from '../../plans.ts';
import { secretTarget } from '../../rows.ts';
import { Variable } from '../../schemas.ts';
import { insertSecret, requireFree, requireGiven, requireName, requirePlace } from '../../writes.ts';
import { CreateVariable } from '../inputs.ts';
import { variableView } from '../view.ts';

export const envVarsCreate = defineOperation({
  name: 'envVars.create',
  summary: 'Set an environment variable',
  description:
    'A setting of a program: its value is sealed like that of a secret, and shown to whoever may list variables unless its type is secret.',
  permission: 'secrets:write',
  risk: 'write',
  // See secrets.create.
  hiddenFrom: ['mcp', 'workflow'],
  route: { method: 'POST', path: '/env-vars' },
  input: CreateVariable,
  output: Variable,
  targets(_ctx, wish) {
    requireName(wish.name);
    requirePlace(wish);
    requireGiven(wish, wish.type, true);
    return [secretTarget({ id: `new/${wish.name}`, name: wish.name, environment: wish.environment, tags: wish.tags ?? {} })];
  },
  async plan(ctx, wish) {
    await requireFree(ctx, wish);
    const { type, description = '' } = wish;
    const fields = [
      valueField(null, undefined),
      { path: 'type', after: type },
      ...(description ? [{ path: 'description', after: description }] : []),
    ];
    return {
      summary: `Set variable ${called(wish)}`,
      changes: [{ action: 'create', type: 'variable', name: wish.name, fields }],
      reversible: 'Delete the variable.',
      warnings: await foresight(ctx, [wish], wish.ownerTeam),
    };
  },
  async run(ctx, wish) {
    const row = await insertSecret(ctx, 'variable', wish, { text: wish.value, generated: false });
    ctx.emit('secret.created', told(row));
    return variableView(ctx, row);
  },
});
