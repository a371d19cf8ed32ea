import type { Databases } from '#kernel/database.ts';
import type { JobRun } from '#kernel/jobs.ts';
import type { Log } from '#kernel/log.ts';
import { Undelivered, type Transport } from './providers/port.ts';
import { createQueue, type Found, type Ids, type MailOutcome, type QueueDeps } from './queue.ts';
import { render, type Sender } from './render.ts';

export interface DeliveryDeps extends QueueDeps {
  databases: Databases;
  transport: Transport;
  sender: Sender;
  log: Log;
  observe?: (outcome: MailOutcome) => void;
}

/**
 * Carries out a job of the queue `mail`. A mail is handed over between two transactions, so one whose process dies in between is
 * handed over again, with the same Message-ID: twice is a nuisance, never is a locked-out person.
 */
export function createDelivery({ databases, transport, sender, log, observe = () => undefined, ...rest }: DeliveryDeps) {
  const queue = createQueue(rest);

  async function handOver({ message }: Found, { id }: Ids): Promise<Undelivered | undefined> {
    try {
      await transport.send(render(id, message, sender));
      return undefined;
    } catch (error) {
      if (error instanceof Undelivered) return error;
      log.error({ err: error, mail: id }, 'mail could not be written');
      return new Undelivered('retry', 'fault', { cause: error });
    }
  }

  /** Ids, template and code: neither the address nor what the mail says. */
  function tell(outcome: MailOutcome, mail: string, more: { template?: string; code?: string | undefined } = {}): void {
    observe(outcome);
    if (outcome === 'sent' || outcome === 'waiting') log.debug({ mail, outcome, ...more }, 'mail');
    else log.warn({ mail, outcome, ...more }, 'mail did not leave');
  }

  return async ({ data }: Pick<JobRun, 'data'>): Promise<void> => {
    const ids: Ids = { tenantId: data.tenantId, id: data['id']! };
    const begun = await databases.platform('mail', (db) => queue.begin(db, ids));
    if (begun === undefined) return;
    if (typeof begun === 'string') return tell(begun, ids.id);
    const fault = await handOver(begun, ids);
    const outcome = await databases.platform('mail', (db) => queue.after(db, ids, begun, fault));
    tell(outcome, ids.id, { template: begun.message.template, code: fault?.code });
  };
}
