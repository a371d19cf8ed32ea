import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { defineOperation } from '#kernel/operation.ts';
import { told } from '../../events.ts';
import { aboutInput, placeInput } from '../../inputs.ts';
import { foresight, valueField } from '../../plans.ts';
import { secretTarget, secretView } from '../../rows.ts';
import { Secret } from '../../schemas.ts';
import { insertSecret, requireFree, requirePlace } from '../../writes.ts';
import { templateCalled } from '../all.ts';
import { filledIn, type Filled } from '../wish.ts';

const { service: _service, ...about } = aboutInput;
const input = z.object({
  template: z.string().max(63).meta({ title: 'Template', examples: ['postgresql'] }),
  ...placeInput,
  prefix: z.string().regex(/^[A-Z][A-Z0-9_]{0,30}$/, 'capital letters, digits and "_"').optional().meta({ title: 'Prefix', help: 'In front of each name, for a second account of the same service', examples: ['BILLING_'] }),
  values: z
    .record(z.string().max(64), z.string().max(65_536))
    .meta({ title: 'Values', help: 'By the names of the template’s fields', secret: true, examples: [{ PGHOST: 'db.example.com', PGDATABASE: 'shop', PGUSER: 'shop', PGPASSWORD: 'correct-horse-battery' }] }),
  ...about,
}); // prettier-ignore
type Wish = z.output<typeof input>;

const filledOnce = (ctx: ReadContext, { template, values, prefix }: Wish): Promise<Filled[]> =>
  ctx.once('filled', async () => filledIn(templateCalled(template), values, prefix));

export const secretsCreateFromTemplate = defineOperation({
  name: 'secrets.createFromTemplate',
  summary: 'Store the secrets of a service',
  description: 'Several at once, under the names that the template gives them: all or none. What the service says of the form of a value is checked.',
  permission: 'secrets:write',
  risk: 'write',
  // See secrets.create.
  hiddenFrom: ['mcp', 'workflow'],
  route: { method: 'POST', path: '/secrets/from-template' },
  input,
  output: z.object({ items: z.array(Secret) }),
  async targets(ctx, wish) {
    requirePlace(wish);
    const { environment, tags = {} } = wish;
    return (await filledOnce(ctx, wish)).map(({ name }) => secretTarget({ id: `new/${name}`, name, environment, tags }));
  },
  async plan(ctx, wish) {
    const filled = await filledOnce(ctx, wish);
    for (const { name } of filled) await requireFree(ctx, { ...wish, name });
    const { name: service } = templateCalled(wish.template);
    return {
      summary: `Store ${filled.length} secrets for ${service}`,
      changes: filled.map(({ name, field }) => ({
        action: 'create' as const,
        type: 'secret',
        name,
        fields: [valueField(null, undefined), { path: 'type', after: field.type }],
      })),
      reversible: 'Delete the secrets.',
      warnings: await foresight(ctx, filled.map(({ name }) => ({ ...wish, name })), wish.ownerTeam), // prettier-ignore
    };
  },
  async run(ctx, wish) {
    const { template, values: _values, prefix: _prefix, ...rest } = wish;
    const items = [];
    for (const { name, field, value } of await filledOnce(ctx, wish)) {
      const { type, title } = field;
      const { description = title } = rest;
      const row = await insertSecret(ctx, 'secret', { ...rest, name, type, description, service: template, templateId: template }, { text: value, generated: false });
      ctx.emit('secret.created', told(row));
      items.push(secretView(row, ctx.now()));
    }
    return { items };
  },
}); // prettier-ignore
