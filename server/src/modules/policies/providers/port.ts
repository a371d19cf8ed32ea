import type { Actor } from '#kernel/context.ts';
import type { Database } from '#kernel/database.ts';
import type { Requirement, Steps } from '#kernel/gate-steps.ts';
import type { AnyOperation, Surface, Target } from '#kernel/operation.ts';
import { definePort } from '#kernel/port.ts';
import type { Bundle } from '../bundle.ts';
import type { EngineFacts, EvaluateOptions, Fault, Json, Phase, PolicySet, Ruling, TestReport } from '../engine/index.ts';
import type { ActiveSet } from '../bundle.ts';
import type { Readable } from '../documents.ts';

/** One limit of a rule to be looked up or charged. */
export interface CounterKey {
  /** Unique to the rule and to whom it counts. */
  key: string;
  limit: number;
  windowSeconds: number;
  algorithm: 'sliding' | 'fixed';
  /** Charged whether or not it is over the limit: rules that only warn or record. */
  lenient: boolean;
}

export interface CounterState {
  key: string;
  limit: number;
  /** How much of the window is used now. */
  used: number;
  isExceeded: boolean;
  /** When one more fits. */
  resetAt: Date;
}

/**
 * Counts for rate limits of rules. `check` looks without charging; `consume` charges all of them or, when one is exceeded by then, none.
 * The caller's transaction carries the charge where the store is PostgreSQL: what is rolled back was never charged.
 */
export interface Counters {
  check: (db: Database, tenantId: string, keys: readonly CounterKey[], at: Date) => Promise<CounterState[]>;
  consume: (db: Database, tenantId: string, keys: readonly CounterKey[], at: Date) => Promise<CounterState[]>;
}

/** A Change, as far as rules look at it. */
export interface ChangeFacts {
  id: string;
  comment: string | null;
  ticket: string | null;
  emergency: boolean;
  requester: string;
  surface: Surface;
  approvals: { by: string; verdict: string; at: string }[];
  createdAt: Date;
  /** What had to be agreed, and was; null when it runs without (a template, an emergency). */
  agreed: readonly Requirement[] | null;
}

/** What rules ask of the world around a call. The other modules answer, through the wiring. */
export interface Surroundings {
  /** Roles by key and teams by slug. */
  person: (db: Database, tenantId: string, userId: string) => Promise<{ roles: readonly string[]; teams: readonly string[] }>;
  /** Names of the resource groups that hold each target. */
  groups: (db: Database, tenantId: string, targets: readonly Target[]) => Promise<readonly (readonly string[])[]>;
  /** How each target is, as it was last seen: `healthy`, `degraded`, `unhealthy` or `unknown`; null for kinds that have no health. */
  health: (db: Database, tenantId: string, targets: readonly Target[]) => Promise<readonly (string | null)[]>;
  /** How much the tenant may still have, by name; what has no limit is left out. */
  quota: (db: Database, tenantId: string, at: Date) => Promise<Record<string, number>>;
  tenant: (db: Database, tenantId: string) => Promise<{ plan: string | null; settings: Record<string, Json> }>;
  change: (db: Database, tenantId: string, changeId: string) => Promise<ChangeFacts | undefined>;
  /** Recent Changes on the same targets. */
  history: (db: Database, tenantId: string, targets: readonly Target[], at: Date) => Promise<{ count24h: number; failures30d: number }>;
  /** Nobody but one person works in the tenant. */
  alone: (db: Database, tenantId: string) => Promise<boolean>;
  /** Somebody of the tenant by id; undefined when there is nobody. */
  named: (db: Database, tenantId: string, userId: string) => Promise<Pick<Actor, 'id' | 'name' | 'email'> | undefined>;
}

/** The engine with everything it stands on, for the operations of this module. */
export interface Policies {
  /** Reads a document as a version of a set. Throws `policy-invalid`. */
  read: (text: string, version: string, team?: string | null) => Readable;
  /** Everything that is wrong with a document, and what is seldom meant. */
  lint: (text: string) => Fault[];
  /** Runs the tests of a document. */
  test: (set: PolicySet) => TestReport;
  /** What is in force for a tenant now. */
  bundle: (db: Database, tenantId: string) => Promise<Bundle>;
  /** The same with one version in place of the active one of its set, or beside the others. */
  withVersion: (bundle: Bundle, set: ActiveSet) => Bundle;
  evaluate: (bundle: Bundle, facts: EngineFacts, phase: Phase, options?: EvaluateOptions) => Promise<Ruling>;
  surroundings: Surroundings;
  counters: Counters;
  operation: (name: string) => AnyOperation | undefined;
  /** In the transaction that changes what is in force: this process remembers nothing of the tenant until it has surely ended. */
  changing: (tenantId: string) => void;
  /** After it: every process looks again. */
  changed: () => void;
}
export const Policies = definePort<Policies>('policies');

/** Rights of the caller, where a simulation would look at what only some may see. */
export interface Grants {
  permit: Steps['permit'];
}
export const Grants = definePort<Grants>('policies.grants');
