import type { Ai } from '../ai.ts';
import type { Actor } from '../context.ts';
import type { Database } from '../database.ts';
import { definePort } from '../port.ts';
import type { Sealer } from '../seal.ts';

/** What those who keep texts and find them again ask of the rest of the installation. */
export interface Recall {
  sealer: Pick<Sealer, 'seal' | 'open'>;
  /** Access labels that somebody holds now: `user:<id>`, `team:<slug>`, `role:<key>`; all of them for owners of the tenant. */
  labelsOf: (db: Database, actor: Actor) => Promise<HeldLabels>;
  /** Models, where the installation has any way to them. */
  ai: () => Ai | undefined;
  /** In the caller's transaction: a worker tells what it means. */
  enqueue: (db: Database, job: { tenantId: string; memoryId: string } | { tenantId: string; documentId: string }) => Promise<void>;
  /** After the commit: whoever works looks at once. */
  wake: () => void;
}
export const Recall = definePort<Recall>('recall');

export type HeldLabels = readonly string[] | 'all';
