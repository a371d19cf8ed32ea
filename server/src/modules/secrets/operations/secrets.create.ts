import { defineOperation } from '#kernel/operation.ts';
import { told } from '../events.ts';
import { CreateInput } from '../inputs.ts';
import { called, foresight, valueField } from '../plans.ts';
import { secretTarget, secretView } from '../rows.ts';
import { SecretOnce } from '../schemas.ts';
import { insertSecret, requireFree, requireGiven, requireName, requirePlace, valueOf } from '../writes.ts';

export const secretsCreate = defineOperation({
  name: 'secrets.create',
  summary: 'Store a secret',
  description:
    'The value is sealed and never shown again; one that is generated here is in this answer once, unless the call has to wait for an approval: then nobody sees it. The name and where it lies cannot be changed later.',
  permission: 'secrets:write',
  risk: 'write',
  // What an agent says stays in its transcript, and what a workflow is given in its definition: neither is a place for values.
  hiddenFrom: ['mcp', 'workflow'],
  input: CreateInput,
  output: SecretOnce,
  targets(_ctx, wish) {
    requireName(wish.name);
    requirePlace(wish);
    requireGiven(wish, wish.type, true);
    return [secretTarget({ id: `new/${wish.name}`, name: wish.name, environment: wish.environment, tags: wish.tags ?? {} })];
  },
  async plan(ctx, wish) {
    await requireFree(ctx, wish);
    const { type, description, tags, service, ownerTeam, expiresAt, rotateEvery, maxInFlight, templateId } = wish;
    const fields = { type, description, tags, service, ownerTeam, expiresAt, rotateEvery, maxInFlight, templateId };
    return {
      summary: `Store secret ${called(wish)}`,
      changes: [
        {
          action: 'create',
          type: 'secret',
          name: wish.name,
          fields: [
            valueField(null, wish.generate),
            ...Object.entries(fields).flatMap(([path, after]) => (after === undefined || after === null ? [] : [{ path, after }])),
          ],
        },
      ],
      reversible: 'Delete the secret.',
      warnings: await foresight(ctx, [wish], ownerTeam),
    };
  },
  async run(ctx, wish) {
    const value = valueOf(wish)!;
    const row = await insertSecret(ctx, 'secret', wish, value);
    ctx.emit('secret.created', told(row));
    return { ...secretView(row, ctx.now()), ...(value.generated ? { value: value.text } : {}) };
  },
});
