import { compact, oneOf, type RawSearch } from '#lib/search.ts';

export const REVIEWS = ['open', 'done'] as const;
export interface EmergenciesSearch {
  review?: (typeof REVIEWS)[number];
}
export const emergenciesSearch = (raw: RawSearch): EmergenciesSearch => compact<EmergenciesSearch>({ review: oneOf(REVIEWS, raw['review']) });
