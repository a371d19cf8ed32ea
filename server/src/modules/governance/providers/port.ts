import type { Actor } from '#kernel/context.ts';
import type { Database } from '#kernel/database.ts';
import type { PolicyFacts, Steps } from '#kernel/gate-steps.ts';
import type { Jobs } from '#kernel/jobs.ts';
import type { AnyOperation, Target } from '#kernel/operation.ts';
import { definePort } from '#kernel/port.ts';
import type { Sealer } from '#kernel/seal.ts';

/** Who may do what, as far as deciding on Changes needs to know it. */
export interface Rights {
  permit: Steps['permit'];
  /** Active people of the tenant who hold the permission over all targets, by id. */
  holders: (db: Database, tenantId: string, permission: string, targets: readonly Target[]) => Promise<{ id: string; name: string }[]>;
  /** The stored actor as they are now; throws `unauthenticated` when they, their membership or their key is gone. */
  revive: (actor: Actor) => Promise<Actor>;
}
export const Rights = definePort<Rights>('governance.rights');

/** Who is what, where a rule asks for people by role or for those who answer for a resource. */
export interface Rosters {
  /** People who hold a role of the tenant now, by its key; active or not. */
  inRole: (db: Database, tenantId: string, role: string) => Promise<string[]>;
  /** Keys of the roles that a person holds now. */
  rolesOf: (db: Database, tenantId: string, personId: string) => Promise<string[]>;
  /** Who answers for every one of the targets. */
  ownersOf: (db: Database, tenantId: string, targets: readonly Target[]) => Promise<string[]>;
}
export const Rosters = definePort<Rosters>('governance.rosters');

/** The operations of the product, to find the one a stored Change names. */
export interface Operations {
  get: (name: string) => AnyOperation | undefined;
}
export const Operations = definePort<Operations>('governance.operations');

/** What a Change needs of the kernel to be kept and carried out. */
export interface Machinery {
  jobs: Pick<Jobs, 'enqueue'>;
  sealer: Sealer;
  audit: Pick<Steps['audit'], 'write'>;
}
export const Machinery = definePort<Machinery>('governance.machinery');

/** How many emergencies one person may declare within 24 h in a tenant, 0 to 10. */
export interface EmergencyLimits {
  perDay: (db: Database, tenantId: string) => Promise<number>;
}
export const EmergencyLimits = definePort<EmergencyLimits>('governance.emergencyLimits');

interface Condition {
  operation: string;
  when: string | null;
  window: { timezone: string; windows: readonly { days: readonly string[]; from: string; to: string }[] } | null;
}
/** When something that was agreed to once for all holds. Module policies answers, as it does for rules. */
export interface Conditions {
  fault: (condition: Condition) => { in: 'when' | 'window'; message: string } | undefined;
  fits: (db: Database, asked: PolicyFacts, condition: Condition) => Promise<boolean>;
}
export const Conditions = definePort<Conditions>('governance.conditions');

/** Spans of the tenant's calendars (freezes, maintenance) that have not ended, by the name of the calendar. RFC 3339. */
export interface Freezes {
  spans: (db: Database, tenantId: string) => Promise<Readonly<Record<string, readonly { from: string; until: string }[]>>>;
}
export const Freezes = definePort<Freezes>('governance.freezes');
