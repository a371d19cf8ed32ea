import type { Database } from '#kernel/database.ts';
import { definePort } from '#kernel/port.ts';
import type { Sealer } from '#kernel/seal.ts';
import type { Linked } from '../chain/read.ts';
import type { StreamRow } from './tables.ts';

/** Where a stream leads, and what signs it. */
export interface Destination {
  id: string;
  tenantId: string;
  kind: StreamRow['kind'];
  address: string;
  ca: string | null;
  facility: number;
  /** Begins with whsec_; null for syslog. */
  secret: string | null;
}

/** What came of sending: how many entries from the first on have arrived, and why not all. */
export interface Carried {
  arrived: number;
  fault: string | null;
  /** Milliseconds that the receiver asked us to wait; 0 when it did not. */
  retryAfterMs: number;
}

/** The way to receivers. Never throws: whatever happens is an outcome. */
export interface Carrier {
  /** Why nothing may be sent to the address, or null; names are looked up with each attempt only. */
  addressFault: (kind: StreamRow['kind'], address: string) => string | null;
  send: (destination: Destination, entries: readonly Linked[], signal: AbortSignal) => Promise<Carried>;
  /** One message of no entry, to see whether it arrives. */
  hello: (destination: Destination, signal: AbortSignal) => Promise<Carried>;
}

export interface Streaming {
  carrier: Carrier;
  sealer: Sealer;
  /** Opens what signs, in a transaction of the tenant. */
  destination: (db: Database, row: StreamRow) => Promise<Destination>;
  /** There may be something to send. */
  wake: () => void;
}
export const Streaming = definePort<Streaming>('audit.streaming');
