import { definePort } from '#kernel/port.ts';
import type { IrrSets } from '../render/irr.ts';

/** Routing registries. */
export interface Registries {
  /** Somebody said which are asked. */
  isConfigured: boolean;
  /** All that is registered under AS-SETs, with a blank between them, or an AS number. Throws the problems of section "Registries" in `problems.ts`. */
  expand: (source: string, signal?: AbortSignal) => Promise<IrrSets>;
}
export const Registries = definePort<Registries>('exchange.registries');
