import type { Actor } from '#kernel/context.ts';
import type { Database } from '#kernel/database.ts';
import type { Steps } from '#kernel/gate-steps.ts';
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
