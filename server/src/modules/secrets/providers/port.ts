import type { Database } from '#kernel/database.ts';
import type { Steps } from '#kernel/gate-steps.ts';
import { definePort } from '#kernel/port.ts';
import type { SecretUse } from '#kernel/secret-references.ts';
import type { AccessResult, ValueKind, ValueType } from '../schemas.ts';

/** Whose value it is: all of it is bound into the seal, so that a copy elsewhere does not open. */
export interface Owned {
  tenantId: string;
  id: string;
  kind: ValueKind;
  /** Not bound: it says whether the value may be seen. */
  type: ValueType;
  name: string;
}

/** A value that was handed out, or was refused. */
export interface Access {
  secret: Owned;
  version: number;
  result: AccessResult;
}

/** Where values are sealed and opened, and where it is written down who had them. */
export interface Vault {
  seal: (db: Database, secret: Owned, version: number, text: string) => Promise<string>;
  /** Tainted in this process from then on, unless it may be shown. Throws `secret-undecryptable`, which is logged and announced whatever becomes of the transaction. */
  open: (db: Database, secret: Owned, version: { number: number; sealed: string }) => Promise<string>;
  /** Writes the accesses down, at once and in a transaction of its own: before the value goes anywhere, and even if that fails. */
  log: (use: Omit<SecretUse, 'tenantId' | 'runtime'>, accesses: readonly Access[]) => Promise<void>;
  /** What the actor reaches with a permission; see the Gate. */
  permit: Steps['permit'];
  /** Makes the months of the access log that are to come, and lets those go whose time is over. */
  upkeep: () => Promise<{ made: string[]; dropped: string[]; removed: number }>;
}
export const Vault = definePort<Vault>('secrets.vault');
