import type { Database } from '#kernel/database.ts';
import { definePort } from '#kernel/port.ts';

export interface ToConverge {
  tenantId: string;
  fabricId: string;
}

/** How what was changed reaches the servers: later, one server after the other, in the name of somebody and through the Gate. */
export interface Convergence {
  /** In the caller's transaction: looks at the servers of the fabric in `afterMs`. */
  later: (db: Database, what: ToConverge, afterMs: number, now: Date) => Promise<void>;
  /** After the commit. */
  wake: () => void;
  /** Asks for `exchange.routeServers.converge` as this person, who is looked at as they are now. Answers the Change, and whether it waits for somebody. */
  ask: (tenantId: string, personId: string, routeServerId: string) => Promise<{ changeId: string; isWaiting: boolean }>;
  /** Asks for `exchange.routeServers.apply` as this person, so that it waits for somebody whatever the rules are. Answers the Change. */
  propose: (tenantId: string, personId: string, routeServerId: string) => Promise<{ changeId: string }>;
}
export const Convergence = definePort<Convergence>('exchange.convergence');
