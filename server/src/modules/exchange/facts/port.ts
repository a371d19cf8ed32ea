import { definePort } from '#kernel/port.ts';
import type { PeeringdbFacts } from './facts.ts';

export interface NetworkFacts {
  /** Somebody said where PeeringDB is asked. */
  isConfigured: boolean;
  /** Null when PeeringDB knows no such network. Throws `peeringdb-unavailable`. */
  of: (asn: number, signal?: AbortSignal) => Promise<PeeringdbFacts | null>;
}
export const NetworkFacts = definePort<NetworkFacts>('exchange.network-facts');
