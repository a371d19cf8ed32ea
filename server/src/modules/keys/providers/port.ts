import { definePort } from '#kernel/port.ts';
import type { Reencryption } from '../tables.ts';

/** Moving what tenants have sealed to new data keys. */
export interface Reencryptions {
  /** Makes a new data key and a job that moves every value to it; one that is under way is gone on with. */
  begin: (tenantId: string) => Promise<Reencryption>;
  /** Gives a job to those that have none any more. */
  resume: () => Promise<void>;
}
export const Reencryptions = definePort<Reencryptions>('keys.reencryptions');
