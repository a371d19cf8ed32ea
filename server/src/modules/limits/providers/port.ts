import type { Actor } from '#kernel/context.ts';
import type { Standing } from '#kernel/counters.ts';
import { definePort } from '#kernel/port.ts';

/** What limits know of everybody, for operations. */
export interface Limits {
  /** What the caller has left of each quota. */
  standing: (actor: Actor) => Promise<Standing[]>;
  /** Quotas of a tenant have changed: all processes are to look again. */
  changed: () => void;
}
export const Limits = definePort<Limits>('limits');
