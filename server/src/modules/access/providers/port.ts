import type { Database } from '#kernel/database.ts';
import { definePort } from '#kernel/port.ts';
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
