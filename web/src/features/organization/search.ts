import { compact, oneOf, type RawSearch } from '#lib/search.ts';

export const TABS = ['company', 'security', 'defaults', 'data', 'membership'] as const;
export type OrganizationTab = (typeof TABS)[number];
export interface OrganizationSearch {
  tab?: OrganizationTab;
}
export const organizationSearch = (raw: RawSearch): OrganizationSearch => compact<OrganizationSearch>({ tab: oneOf(TABS, raw['tab']) });
