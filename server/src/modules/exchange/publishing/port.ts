import { definePort } from '#kernel/port.ts';
import type { MemberExport } from './ixf.ts';
import type { List } from './lists.ts';

/** What anybody may see of an exchange without signing in. */
export interface PublicExchanges {
  /** Of the fabrics that a tenant has published; undefined when there is no such tenant, or it has published none. */
  members: (tenantSlug: string) => Promise<MemberExport | undefined>;
  /** The same as text for filters. */
  list: (tenantSlug: string, list: List) => Promise<string | undefined>;
}
export const PublicExchanges = definePort<PublicExchanges>('exchange.public');
