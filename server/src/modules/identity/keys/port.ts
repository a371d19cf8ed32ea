import { definePort } from '#kernel/port.ts';
import type { Scope } from '#kernel/scope.ts';

export interface KeyOwner {
  id: string;
  name: string;
  kind: 'person' | 'service';
  /** The person who answers for a service account. */
  answerableId: string | null;
}

export interface KeyRecord {
  id: string;
  publicId: string;
  name: string;
  permissions: string[] | null;
  scope: Scope | null;
  cidrs: string[];
  owner: KeyOwner;
  createdBy: string | null;
  rotatedFrom: string | null;
  createdAt: Date;
  expiresAt: Date;
  lastUsedAt: Date | null;
  lastUsedIp: string | null;
  version: number;
}

/** What limits a key, besides what its owner may do. */
export interface KeyLimits {
  name: string;
  permissions: string[] | null;
  scope: Scope | null;
  cidrs: string[];
}

/** Live API keys of one tenant. The key itself is in the answer of `create` and `rotate`, and nowhere else. */
export interface Keys {
  /** Live keys, the newest first: of one owner, or of all. */
  list: (tenantId: string, ownerId?: string) => Promise<KeyRecord[]>;
  find: (tenantId: string, id: string) => Promise<KeyRecord | undefined>;
  /** Throws `key-limit-reached`, and `validation-failed` for a life longer than the tenant allows. */
  create: (
    owner: { userId: string; tenantId: string },
    wanted: KeyLimits & { expiresInDays: number | undefined; createdBy: string },
  ) => Promise<KeyRecord & { key: string }>;
  /** Undefined when there is no such live key, or it is at another version. */
  update: (tenantId: string, id: string, version: number, limits: KeyLimits) => Promise<KeyRecord | undefined>;
  /** A successor with the same limits; the key itself ends after the overlap. Throws `invalid-transition` when it has one already. */
  rotate: (tenantId: string, id: string, overlapHours: number, by: string) => Promise<KeyRecord & { key: string; predecessorEndsAt: Date }>;
  /** False when there is no such live key. */
  revoke: (tenantId: string, id: string) => Promise<boolean>;
}
export const Keys = definePort<Keys>('identity.keys');

export interface ServiceAccountRecord {
  id: string;
  name: string;
  description: string;
  owner: { id: string; name: string } | null;
  /** `suspended` also while nobody who answers for it is an active member. */
  status: 'active' | 'suspended';
  keys: number;
  version: number;
  createdAt: Date;
}

/** Accounts of machines: users without a password, each a member of one tenant, for which a person answers. */
export interface ServiceAccounts {
  list: (tenantId: string) => Promise<ServiceAccountRecord[]>;
  find: (tenantId: string, id: string) => Promise<ServiceAccountRecord | undefined>;
  /** Repeatable with the same id. Throws `name-taken`. */
  create: (
    tenantId: string,
    wanted: { id: string; name: string; description: string; ownerId: string; createdBy: string },
  ) => Promise<ServiceAccountRecord>;
  /** Undefined when there is none at this version. Throws `name-taken`. */
  update: (
    tenantId: string,
    id: string,
    version: number,
    fields: { name: string; description: string; ownerId: string },
  ) => Promise<ServiceAccountRecord | undefined>;
  delete: (tenantId: string, id: string) => Promise<void>;
  /** Whether the person is an active member of the tenant, and a person. */
  mayAnswer: (tenantId: string, personId: string) => Promise<boolean>;
}
export const ServiceAccounts = definePort<ServiceAccounts>('identity.service-accounts');
