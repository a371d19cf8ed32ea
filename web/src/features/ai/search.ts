import { compact, oneOf, type RawSearch } from '#lib/search.ts';

export const AI_TABS = ['providers', 'models', 'budgets', 'usage', 'rules'] as const;
/** Days until today that usage is about. */
export const DAYS = ['7', '30', '90'] as const;

/** What of the models is shown, as it stands in the address. */
export interface AiSearch {
  tab?: (typeof AI_TABS)[number];
  days?: (typeof DAYS)[number];
}
export const aiSearch = (raw: RawSearch): AiSearch => compact<AiSearch>({ tab: oneOf(AI_TABS, raw['tab']), days: oneOf(DAYS, String(raw['days'])) });
