import pg from 'pg';
import { PgBoss, type Queue } from 'pg-boss';
import { ROLES } from './database.ts';

export interface QueueDefinition {
  /** Jobs at once in one process. */
  concurrency: number;
  /**
   * Jobs of one tenant at once in the whole installation, so that one tenant's thousand jobs do not hold up another's one. Processes
   * that look in the same instant do not see what the others take, so a burst may reach this number in each of them.
   */
  perTenant: number;
  options: Omit<Queue, 'name'>;
}

const retries = { retryLimit: 8, retryDelay: 1, retryBackoff: true, retryDelayMax: 60 };
// A worker that has not been heard of for 10 s (the least that pg-boss takes) is given up and its job handed to another.
const lease = { heartbeatSeconds: 10, expireInSeconds: 12 * 3600 };

/** Every queue of the product. Change it, and raise `JOBS_VERSION` so that running installations follow. */
export const QUEUES = {
  change: { concurrency: 16, perTenant: 8, options: { ...retries, ...lease, deadLetter: 'change.dead' } },
  'change.dead': { concurrency: 1, perTenant: 1, options: { ...retries } },
  event: { concurrency: 8, perTenant: 4, options: { ...retries, ...lease, deadLetter: 'event.dead' } },
  'event.dead': { concurrency: 0, perTenant: 1, options: { retentionSeconds: 90 * 86_400 } },
  // Its attempts and waits are its own (modules/mail); these are for a worker that dies or loses the database.
  mail: { concurrency: 4, perTenant: 4, options: { ...retries, ...lease } },
  // As mails are: attempts and waits are the module's own (modules/notifications). A chat that hangs must hold up no other tenant's.
  notification: { concurrency: 4, perTenant: 2, options: { ...retries, ...lease } },
  // Files of any size: few at once, and one per tenant.
  export: { concurrency: 2, perTenant: 1, options: { ...retries, ...lease, retryLimit: 3 } },
  // Moving a tenant's values to a new key: by the hundred, beside everything else.
  reencryption: { concurrency: 1, perTenant: 1, options: { ...retries, ...lease } },
  // What follows the end of an execution of a workflow: it passes the Gate and the engine by itself.
  aftermath: { concurrency: 4, perTenant: 2, options: { ...retries, ...lease } },
  // Calls to whoever began an execution: attempts and waits are its own. One that hangs holds up no other tenant's.
  callback: { concurrency: 4, perTenant: 2, options: { ...retries, ...lease } },
  // Reading documents and asking models what they mean: beside everything else.
  knowledge: { concurrency: 2, perTenant: 1, options: { ...retries, ...lease, retryLimit: 3 } },
  // Route servers that are to follow what was agreed to: attempts and waits are its own.
  exchange: { concurrency: 2, perTenant: 1, options: { ...retries, ...lease, retryLimit: 3 } },
  clock: { concurrency: 2, perTenant: 2, options: { ...retries, ...lease, retryLimit: 2 } },
} satisfies Record<string, QueueDefinition>;
export type QueueName = keyof typeof QUEUES;

export const JOBS_VERSION = 9;

/** Creates the queue tables as the owner, and lets the app enqueue and the platform do the work. */
export async function prepareJobs(url: string): Promise<void> {
  const boss = new PgBoss({ connectionString: url, options: `-c role=${ROLES.owner}`, supervise: false, schedule: true, max: 2 });
  boss.on('error', () => undefined); // what matters is thrown by the calls below
  await boss.start();
  try {
    const names = Object.keys(QUEUES) as QueueName[];
    // A dead letter queue must exist before the queue that names it.
    for (const name of names.toSorted((a, b) => Number(b.endsWith('.dead')) - Number(a.endsWith('.dead')))) {
      if (await boss.getQueue(name)) await boss.updateQueue(name, QUEUES[name].options);
      else await boss.createQueue(name, QUEUES[name].options);
    }
  } finally {
    await boss.stop({ graceful: false });
  }
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`
      SET ROLE ${ROLES.owner};
      grant usage on schema pgboss to ${ROLES.app}, ${ROLES.platform};
      grant select, insert on all tables in schema pgboss to ${ROLES.app};
      grant select, insert, update, delete on all tables in schema pgboss to ${ROLES.platform};
      grant usage on all sequences in schema pgboss to ${ROLES.app}, ${ROLES.platform}`);
  } finally {
    await client.end();
  }
}
