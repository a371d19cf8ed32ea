import type { Actor } from '#kernel/context.ts';
import type { Database } from '#kernel/database.ts';
import type { Steps } from '#kernel/gate-steps.ts';
import type { AnyOperation } from '#kernel/operation.ts';
import { definePort } from '#kernel/port.ts';
import type { Reach } from '#kernel/scope.ts';

/** What the tenant's plan allows of workflows (workflows.md 15); null is no limit. */
export interface PlanLimits {
  /** Key of the plan, for the words of a refusal. */
  plan: string;
  workflows: number | null;
  nodes: number;
  connections: number;
  webhooks: number | null;
  /** Least seconds between two firings of a schedule. */
  scheduleSeconds: number;
  running: number;
  startsPerMinute: number;
  /** Requests for what is made from words. */
  generationsPerMinute: number;
  queued: number;
  retentionDays: number;
  fileMiB: number;
}

/** A service account of the tenant as a workflow may run as it. */
interface ServicePrincipal {
  id: string;
  name: string;
  ownerId: string;
  active: boolean;
}

/** What the module asks of the rest of the product. */
export interface Surroundings {
  operations: ReadonlyMap<string, AnyOperation>;
  limits: (db: Database, tenantId: string) => Promise<PlanLimits>;
  /** What an actor reaches with an operation now; throws `permission-denied`. */
  permit: Steps['permit'];
  /** Types of events that the installation announces. */
  eventTypes: () => readonly string[];
  /** How far an actor may read what events of a type are about; empty when not at all. */
  hearing: (db: Database, actor: Actor, type: string) => Promise<Reach>;
  /** Does the first reach nothing that the second does not? */
  isWithin: (inner: Reach, outer: Reach) => boolean;
  /** Names of the tenant's secrets and variables that hold in an environment. */
  names: (db: Database, tenantId: string, environment: string | null) => Promise<{ secrets: ReadonlySet<string>; variables: ReadonlySet<string> }>;
  /** The tenant's rules want every agent to have a budget. */
  budgetsRequired: (db: Database, tenantId: string) => Promise<boolean>;
  /** Zone of the tenant (IANA). */
  timezone: (db: Database, tenantId: string) => Promise<string>;
  /** Numbers of Changes that wait for somebody to agree that a version of the workflow becomes active, but for the one given. */
  waitingPublishes: (db: Database, tenantId: string, workflowId: string, but: string | null) => Promise<string[]>;
  servicePrincipal: (tenantId: string, id: string) => Promise<ServicePrincipal | undefined>;
  /** The service account as it may act now. Throws `unauthenticated` when it, or whoever answers for it, is gone. */
  asService: (tenantId: string, id: string) => Promise<Actor>;
}
export const Surroundings = definePort<Surroundings>('workflows.surroundings');
