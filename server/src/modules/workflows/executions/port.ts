import type { Actor } from '#kernel/context.ts';
import type { Database } from '#kernel/database.ts';
import { definePort } from '#kernel/port.ts';

/** A Change that a node of an execution asked for. */
export interface MadeChange {
  id: string;
  number: string;
  operation: string;
  summary: string;
  state: string;
  nodeId: string;
  path: string;
  endedAt: Date | null;
  rolledBack: boolean;
  /** Why it cannot be rolled back; null when it can. */
  hindrance: string | null;
}

/** Changes as module governance keeps them. */
export interface ExecutionChanges {
  /** Those that an execution made itself, in the order in which they were asked for. */
  of: (db: Database, tenantId: string, executionId: string) => Promise<MadeChange[]>;
  /**
   * Asks for the rollback of one, through the Gate, as this person as they are now. The same key answers the same Change. Throws Problem
   * where it may not or cannot be.
   */
  undo: (actor: Actor, change: { id: string; key: string; comment: string }) => Promise<{ id: string; number: string }>;
  /** State of a Change, and what is said of its failure. */
  stateOf: (db: Database, tenantId: string, changeId: string) => Promise<{ state: string; ended: boolean; detail: string | null } | undefined>;
}
export const ExecutionChanges = definePort<ExecutionChanges>('workflows.changes');

/** Tickets for those who can send no header with a stream: single-use, good for 30 s, kept hashed. */
export interface StreamTickets {
  issue: (actor: Actor, executionId: string) => Promise<{ ticket: string; expiresAt: Date }>;
  /** Who asked for it, if it is good for this execution; from then on it is not. */
  redeem: (ticket: string, executionId: string) => Promise<Actor | undefined>;
}
export const StreamTickets = definePort<StreamTickets>('workflows.tickets');

/** What follows the end of an execution, and passes the Gate or the engine by itself. */
export interface Aftermath {
  /** Undoes what an execution changed, as whoever it ran for. Throws Problem. */
  rollback: (actor: Actor, executionId: string, comment: string) => Promise<void>;
}
export const Aftermath = definePort<Aftermath>('workflows.aftermath');

/** Files and large values of executions, which lie sealed. */
export interface Blobs {
  /** Throws `not-found`, also for what nobody is shown. */
  read: (db: Database, blob: { tenantId: string; executionId: string; id: string }) => Promise<{ name: string; mime: string; bytes: Uint8Array }>;
  /** Copies all that an execution keeps to another; answers the copies by what they are of. */
  copy: (db: Database, of: { tenantId: string; from: string; to: string }) => Promise<Map<string, string>>;
}
export const Blobs = definePort<Blobs>('workflows.blobs');

/** Calls to whoever asked to be told of an end; module webhooks knows how they are signed. */
export interface ExecutionCallbacks {
  /** Signs the calls of one execution, `whsec_…`; made anew from the installation's root whenever it is asked for. */
  secret: (of: { tenantId: string; id: string }) => string;
}
export const ExecutionCallbacks = definePort<ExecutionCallbacks>('workflows.executionCallbacks');
