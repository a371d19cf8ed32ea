import type { z } from 'zod';
import { definePort } from '#kernel/port.ts';
import type { Face } from './schemas.ts';

/** How an exchange presents itself, without anybody signing in. */
export interface Faces {
  /** Undefined where there is no such tenant, or its exchange shows nothing to the world and has said nothing of itself. */
  of: (tenantSlug: string) => Promise<z.input<typeof Face> | undefined>;
}
export const Faces = definePort<Faces>('exchange.faces');
