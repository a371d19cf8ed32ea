import type { z } from 'zod';
import type { Actor } from '#kernel/context.ts';
import type { Database } from '#kernel/database.ts';
import { definePort } from '#kernel/port.ts';
import type { Meaning, memoriesCreate, Provenance } from '#modules/memory/index.ts';

/** What `memories.create` is told. */
export type MemoryInput = z.output<typeof memoriesCreate.input>;

/** What is known of what a run keeps, besides what it says. */
interface Keeping {
  by: Actor;
  provenance: Provenance;
  meaning: Meaning | undefined;
  /** It is to be found by the addresses and names of hosts that stand in it. */
  findEntities: boolean;
  at: Date;
}

/** Memory, for a node that keeps something in the transaction of its checkpoint; whether the principal may was asked of the Gate. */
export interface Memories {
  /** What a model may be told to learn what it means; undefined where it must not leave the house. */
  meaningOf: (input: MemoryInput) => string | undefined;
  /** Throws `memory-conflict`, `memory-full`, `memory-link-not-found` or `memory-space-denied`. */
  keep: (place: { db: Database; tenantId: string }, input: MemoryInput, keeping: Keeping) => Promise<{ id: string; key: string; version: number; created: boolean }>;
} // prettier-ignore
export const Memories = definePort<Memories>('workflows.memories');
