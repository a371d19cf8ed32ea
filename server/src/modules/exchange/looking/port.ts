import { definePort } from '#kernel/port.ts';
import type { Looker } from './ask.ts';

/** How often somebody may look (exchange.md 19); throws `rate-limited`. */
export interface GlassLimits {
  person: (tenantId: string, personId: string) => Promise<void>;
  /** Somebody who has not signed in, by their network, and all of them together: route servers have other things to do. */
  stranger: (tenantId: string, ip: string | null) => Promise<void>;
}
export const GlassLimits = definePort<GlassLimits>('exchange.glass-limits');

/** Looking glasses that anybody may look through. */
export interface PublicGlasses {
  /** Into the rows of a tenant, by its short name; undefined where nobody is shown anything. Whoever looks is counted. */
  of: (tenantSlug: string, ip: string | null) => Promise<Looker | undefined>;
}
export const PublicGlasses = definePort<PublicGlasses>('exchange.public-glasses');
