import { AsyncLocalStorage } from 'node:async_hooks';

/** What a line of the log is found by: the call, the Change and the job that it was written in. Ids and names only, nothing that anybody typed in. */
export interface Whereabouts {
  requestId?: string;
  tenantId?: string;
  changeId?: string;
  jobId?: string;
  queue?: string;
  executionId?: string;
  deliveryId?: string;
  /** Number of the configuration that a route server is given. */
  generation?: number;
}

const place = new AsyncLocalStorage<Whereabouts>();

/** Whatever is written to the log by `work`, and by what it calls, has these as well. */
export const within = <T>(more: Whereabouts, work: () => T): T => place.run({ ...place.getStore(), ...more }, work);

/** A copy: whoever writes a line makes it their own. */
export const whereabouts = (): Whereabouts => ({ ...place.getStore() });
