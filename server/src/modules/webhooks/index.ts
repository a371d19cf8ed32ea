import { defineModule } from '#kernel/module.ts';
import { webhookEvents } from './events.ts';
import { eventsGet } from './operations/events.get.ts';
import { eventsList } from './operations/events.list.ts';
import { webhooksCreate } from './operations/webhooks.create.ts';
import { webhooksDelete } from './operations/webhooks.delete.ts';
import { webhooksDeliveriesGet } from './operations/webhooks.deliveries.get.ts';
import { webhooksDeliveriesList } from './operations/webhooks.deliveries.list.ts';
import { webhooksEventTypes } from './operations/webhooks.eventTypes.ts';
import { webhooksGet } from './operations/webhooks.get.ts';
import { webhooksList } from './operations/webhooks.list.ts';
import { webhooksReplay } from './operations/webhooks.replay.ts';
import { webhooksReplayRange } from './operations/webhooks.replayRange.ts';
import { webhooksReplaysList } from './operations/webhooks.replays.list.ts';
import { webhooksRotateSecret } from './operations/webhooks.rotateSecret.ts';
import { webhooksTest } from './operations/webhooks.try.ts';
import { webhooksUpdate } from './operations/webhooks.update.ts';
import './problems.ts';
import { forgetOld, giveUpDisabled, resume } from './retention.ts';

export {
  eventsGet,
  eventsList,
  webhooksCreate,
  webhooksDelete,
  webhooksDeliveriesGet,
  webhooksDeliveriesList,
  webhooksEventTypes,
  webhooksGet,
  webhooksList,
  webhooksReplay,
  webhooksReplayRange,
  webhooksRotateSecret,
  webhooksTest,
  webhooksUpdate,
};

/** Who outside is told of what happens: at least once, signed, and with a history of every attempt. */
export const webhooks = defineModule({
  name: 'webhooks',
  migrations: new URL('./migrations/', import.meta.url),
  sealed: [
    { table: 'webhooks', column: 'secret_sealed', field: "'secret'" },
    { table: 'webhooks', column: 'previous_sealed', field: "'secret'" },
    { table: 'webhooks', column: 'headers_sealed', field: "'headers'" },
  ],
  operations: [
    webhooksList,
    webhooksGet,
    webhooksCreate,
    webhooksUpdate,
    webhooksDelete,
    webhooksTest,
    webhooksRotateSecret,
    webhooksDeliveriesList,
    webhooksDeliveriesGet,
    webhooksReplay,
    webhooksReplayRange,
    webhooksReplaysList,
    webhooksEventTypes,
    eventsList,
    eventsGet,
  ],
  events: webhookEvents,
  on: { 'tenant.activated': resume },
  // Where there are no tenants to suspend, none is activated.
  hearsOf: ['tenant.activated'],
  schedules: [
    { name: 'webhooks-forget', cron: '13 * * * *', perTenant: forgetOld },
    { name: 'webhooks-give-up', cron: '*/5 * * * *', perTenant: giveUpDisabled },
  ],
});
