import type { Readable } from 'node:stream';
import type { Actor } from '#kernel/context.ts';
import type { Database } from '#kernel/database.ts';
import { definePort } from '#kernel/port.ts';
import type { CheckSignature, Signer } from '../chain/signing.ts';
import type { Fault } from '../chain/verify.ts';
import type { Sighting } from '../security/raise.ts';
import type { PolicyView } from '../policy-view.ts';
import type { ExportFormat, ExportRow } from '../tables.ts';

/** What keeps the trail provable: the work of the system on it, across tenants, and the key that anchors are signed with. */
export interface Evidence {
  signer: Signer;
  check: CheckSignature;
  /** Announces that a chain does not hold, to its tenant. */
  broken: (tenantId: string, fault: Fault) => Promise<void>;
  /** Links all that waits now. */
  seal: () => Promise<void>;
  /** Checks each chain from its last anchor on, then signs its head. */
  anchor: () => Promise<void>;
  /** Checks every chain as far back as it goes. */
  verifyAll: () => Promise<void>;
  /** Counts an announcement for the rules that look at its type. */
  sighted: (tenantId: string, type: string, sighting: Sighting) => Promise<void>;
  /** Begins an export and hands it to a worker. */
  beginExport: (wanted: { actor: Actor; format: ExportFormat; filters: Record<string, string>; at: Date }) => Promise<ExportRow>;
  /** The file of a finished export, as a stream. */
  fileOf: (row: Pick<ExportRow, 'tenantId' | 'id'>) => Readable;
  /** Lets entries go whose time is over. */
  retain: () => Promise<{ dropped: string[]; removed: number }>;
  /** Makes the partitions of the months to come. Answers their names. */
  makeMonths: () => Promise<string[]>;
}
export const Evidence = definePort<Evidence>('audit.evidence');

/** What rules said in a decision, for thirty days after it; module policies answers. */
export interface DecisionDetails {
  of: (db: Database, tenantId: string, decisionId: string) => Promise<PolicyView | null>;
}
export const DecisionDetails = definePort<DecisionDetails>('audit.decision-details');
