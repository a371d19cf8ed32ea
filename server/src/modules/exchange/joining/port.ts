import type { Database } from '#kernel/database.ts';
import { definePort } from '#kernel/port.ts';
import type { Target } from '#kernel/operation.ts';
import type { WorkContext } from '#kernel/work.ts';
import type { AsnRight, Status } from './rules.ts';

/** What is known of a person who asks for a port: networks that they speak for, and fabrics that they were let in to by name. */
export interface PeerStanding {
  of: (tenantId: string, userId: string) => Promise<{ rights: AsnRight[]; fabrics: string[] }>;
  /** Which of these networks anybody at all speaks for, also by a word that has grown old. */
  spokenFor: (asns: readonly number[]) => Promise<ReadonlySet<number>>;
}
export const PeerStanding = definePort<PeerStanding>('exchange.peer-standing');

/** How a rule agrees: in the name of whoever put the fabric under it, who is looked at as they are now, and through the Gate. */
export interface RuleDecisions {
  /** In the caller's transaction: looks at the requests of the fabric. */
  later: (db: Database, what: { tenantId: string; fabricId: string }) => Promise<void>;
  /** Asks for `exchange.requests.approve` by the rule. Answers the Change, and whether it waits for somebody. */
  approve: (tenantId: string, personId: string, requestId: string) => Promise<{ changeId: string; isWaiting: boolean }>;
}
export const RuleDecisions = definePort<RuleDecisions>('exchange.rule-decisions');

/** One step of a request: `from` is null when it was made. */
export interface StatusStep {
  targets: Target[];
  from: Status | null;
  to: Status;
  /** The rule that decided, where no person did. */
  rule: string | null;
}
/** The trail of requests: each step has an entry of its own, whoever or whatever took it. */
export interface StatusTrail {
  /** In the caller's transaction: without the entry there is no step. */
  write: (ctx: Pick<WorkContext, 'db' | 'actor' | 'changeId' | 'now'>, step: StatusStep) => Promise<void>;
}
export const StatusTrail = definePort<StatusTrail>('exchange.status-trail');
