import { auditSearch, type AuditSearch } from '#features/audit/filters.ts';
import { compact, oneOf, type RawSearch } from '#lib/search.ts';

export const TABS = ['overview', 'trail', 'reports'] as const;
export type ComplianceTab = (typeof TABS)[number];
/** Days until now that figures are about. */
export const PERIODS = ['7', '30', '90', '365'] as const;
export type Period = (typeof PERIODS)[number];

/** What is shown, as it stands in the address; the filters of the trail are those of the audit log. */
export interface ComplianceSearch extends AuditSearch {
  tab?: ComplianceTab;
  days?: Period;
}
export const complianceSearch = (raw: RawSearch): ComplianceSearch =>
  compact<ComplianceSearch>({ ...auditSearch(raw), tab: oneOf(TABS, raw['tab']), days: oneOf(PERIODS, String(raw['days'])) });
