import type { Database } from '#kernel/database.ts';
import { definePort } from '#kernel/port.ts';
import type { Group } from '#kernel/gate-steps.ts';
import type { Target } from '#kernel/operation.ts';
import type { WorkContext } from '#kernel/work.ts';

/** Addresses that somebody outside may answer once. */
export interface Callbacks {
  /** Of one wait of one node, the same after a crash; whoever holds it may answer, so it is kept hashed. */
  token: (wait: { executionId: string; nodeId: string; path: string }) => string;
  url: (token: string) => string;
}
export const Callbacks = definePort<Callbacks>('workflows.callbacks');

/** How a request for agreement ended, as module governance keeps it. */
interface Agreement {
  status: string;
  decisions: readonly { by: { id: string; name: string }; verdict: 'approved' | 'rejected'; comment: string | null; at: string }[];
}

/** People as a node names them: what module governance, tenancy and access know. */
export interface Agreements {
  of: (db: Database, tenantId: string, changeId: string) => Promise<Agreement | undefined>;
  /** Ids of active people by id or address; throws nothing, leaves out who is not there. */
  people: (db: Database, tenantId: string, named: readonly string[]) => Promise<string[]>;
  /** Everybody in a group: who holds a role, is in a team, or is named. Without a group whoever may decide over the targets. */
  members: (db: Database, tenantId: string, groups: readonly Group[], targets: readonly Target[]) => Promise<string[]>;
  /** Tells those who have not decided on a Change yet once more; answers how many they are. Told twice with one round it is told once. */
  remind: (ctx: WorkContext, changeId: string, round: number) => Promise<number>;
  /** Takes back what an execution has asked for and nobody has decided on. */
  withdraw: (ctx: WorkContext, executionId: string) => Promise<void>;
}
export const Agreements = definePort<Agreements>('workflows.agreements');

type Severity = 'info' | 'warning' | 'critical';
export interface Notice {
  title: string;
  body: string;
  severity: Severity;
  /** Path of a page of ours. */
  page: string;
  dedupeKey: string;
}

/** What module notifications sends for a workflow; everything leaves after the commit of the transaction. */
export interface Messenger {
  /** Into the inbox of people, by id. Answers how many are told. */
  inApp: (ctx: WorkContext, to: readonly string[], notice: Notice) => Promise<number>;
  /** Into a channel that the tenant has set up, by its name; false when there is none. */
  channel: (ctx: WorkContext, name: string, notice: Notice) => Promise<boolean>;
  /** Where people outside open a page of ours. */
  link: (page: string) => string;
}
export const Messenger = definePort<Messenger>('workflows.messenger');
