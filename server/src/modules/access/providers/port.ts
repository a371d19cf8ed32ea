import type { Database } from '#kernel/database.ts';
import type { AuditEntry } from '#kernel/gate-steps.ts';
import { definePort } from '#kernel/port.ts';
import type { Scope } from '#kernel/scope.ts';
import type { Wanted } from '../rules.ts';

interface CatalogueEntry extends Wanted {
  summary: string;
  /** Seconds within which a session must have been proven. */
  stepUp?: number;
}

/** All operations of the installation. The kernel's registry fits. */
export interface Catalogue {
  operations: ReadonlyMap<string, CatalogueEntry>;
}
export const Catalogue = definePort<Catalogue>('access.catalogue');

export interface MemberRef {
  id: string;
  name: string;
  email: string;
  active: boolean;
  /** A service account: it decides on nothing and owns nothing. */
  machine?: boolean;
}

/** Who is a member here; module tenancy answers. */
export interface People {
  named: (db: Database, tenantId: string, ids: readonly string[]) => Promise<Map<string, MemberRef>>;
}
export const People = definePort<People>('access.people');

/** What a mail about roles says besides them. */
export interface Surroundings {
  describe: (db: Database, tenantId: string) => Promise<{ tenant: string; link: string }>;
}
export const Surroundings = definePort<Surroundings>('access.surroundings');

/** Told when roles or grants change, so that nobody goes on with remembered rights. */
export interface RightsChanged {
  /** In the transaction that changes them: this process remembers nothing of the tenant until it has surely ended. */
  changing: (tenantId: string) => void;
  /** After it: every process looks again. */
  changed: () => void;
}
export const RightsChanged = definePort<RightsChanged>('access.rights-changed');

/** What the trail tells of the use of grants; module audit answers. */
export interface Usage {
  /** By grant: when it last let a call of these people through, and which permissions it was asked for. */
  of: (db: Database, tenantId: string, subjectIds: readonly string[], since: Date) => Promise<Map<string, { at: Date; permissions: string[] }>>;
  /** Days for which reads are kept. */
  readsKeptDays: (db: Database, tenantId: string) => Promise<number>;
}
export const Usage = definePort<Usage>('access.usage');

/** A key or a connected agent, as a review looks at it. */
export interface HeldCredential {
  kind: 'apiKey' | 'agent';
  id: string;
  name: string;
  ownerId: string;
  /** The person who answers for a service account. */
  answerableId: string | null;
  scope: Scope | null;
  createdBy: string | null;
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
}

/** What reviews ask of the others. Not to be called within a transaction: each does its work in one of its own. */
export interface ReviewActs {
  credentials: (tenantId: string) => Promise<HeldCredential[]>;
  /** Who answers for each service account, by its id. */
  answering: (tenantId: string) => Promise<ReadonlyMap<string, string>>;
  /** Ends a key or an agent by the clock; false when it has ended already. */
  endCredential: (tenantId: string, kind: HeldCredential['kind'], id: string) => Promise<boolean>;
  /**
   * Does what a verdict asks for by the same operation as by hand, through the Gate, as the person who decided. Throws Problem. A Change
   * that waits for approvals is answered with `done: false`.
   */
  take: (by: ActsFor, what: ReviewAct) => Promise<{ done: boolean; change: { id: string; number: string } | null }>;
  audit: (db: Database, entry: AuditEntry) => Promise<void>;
}
export const ReviewActs = definePort<ReviewActs>('access.review-acts');

interface ActsFor {
  tenantId: string;
  personId: string;
  /** Session of the decision. */
  session: string | null;
  comment: string;
  /** The same act is done once. */
  key: string;
}
export type ReviewAct =
  | { kind: 'grant' | 'apiKey' | 'agent'; id: string }
  | { kind: 'grants'; subjectId: string; grants: { roleId: string; scope: Scope; validUntil?: string }[]; reason: string };
