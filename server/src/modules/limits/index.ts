import { defineModule } from '#kernel/module.ts';
import { limitsList } from './operations/limits.list.ts';
import { limitsMe } from './operations/limits.me.ts';
import { limitsUpdate } from './operations/limits.update.ts';
import { Limits } from './providers/port.ts';

export { limitsList, limitsMe, limitsUpdate };

/** How much anybody may call. Its step of the Gate is wired in core.ts. */
export const limits = defineModule({
  name: 'limits',
  migrations: new URL('./migrations/', import.meta.url),
  operations: [limitsList, limitsMe, limitsUpdate],
  events: {
    'limit.updated': 'Quotas of a role, person, key or the tenant were set.',
    'limit.exceeded': 'Somebody has used up a quota; said once in its window.',
  },
  on: { 'limit.updated': async ({ provider }) => provider(Limits).changed() },
});
