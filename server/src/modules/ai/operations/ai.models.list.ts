import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { queryFlag } from '#kernel/page.ts';
import { PURPOSES } from '#kernel/ai.ts';
import { defaultOf, entriesOf } from '../models.ts';
import { Defaults, ModelView } from '../schemas.ts';

export const aiModelsList = defineOperation({
  name: 'ai.models.list',
  summary: 'List the models that the tenant has, or could have',
  description:
    'Those of the providers that are set up, with prices and contexts as the tenant has them, and those of the usual providers that are not set up yet. `ready` says whether there is a model to write text with.',
  permission: 'ai:read',
  risk: 'read',
  input: z.object({
    kind: z.enum(['chat', 'embedding']).optional().meta({ title: 'What it does' }),
    usable: queryFlag.default(false).meta({ title: 'Only those that can be used now' }),
  }),
  output: z.object({
    items: z.array(ModelView),
    nextCursor: z.null(),
    defaults: Defaults.meta({ help: 'As they hold: where a purpose has none of its own, that of `llm`' }),
    ready: z.boolean(),
  }),
  targets: 'none',
  async run(ctx, { kind, usable }) {
    const { entries, rules } = await entriesOf(ctx);
    const views = entries.map(({ view }) => view);
    const defaults = Object.fromEntries(PURPOSES.map((purpose) => [purpose, defaultOf(rules, purpose)])) as z.input<typeof Defaults>;
    return {
      items: views.filter((view) => (kind === undefined || view.kind === kind) && (!usable || view.unavailable === null)),
      nextCursor: null,
      defaults,
      ready: views.some(({ id, unavailable }) => unavailable === null && id === defaults.llm),
    };
  },
});
