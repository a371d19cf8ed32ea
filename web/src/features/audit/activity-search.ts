import { compact, textOf, type RawSearch } from '#lib/search.ts';

/** What the address says: apart from the page, since routes read it before any of them is fetched. */
export interface ActivitySearch {
  /** Id of the person; oneself when left out. */
  person?: string;
}
export const activitySearch = (raw: RawSearch): ActivitySearch => compact<ActivitySearch>({ person: textOf(raw['person'], 36) });
