import { compact, oneOf, textOf, type RawSearch } from '#lib/search.ts';
import { ITEM_STATES, type ItemState } from './types.ts';

/** Which review is open, and which of its holdings are shown. */
export interface AccessReviewsSearch {
  review?: string;
  state?: ItemState;
  mine?: true;
  unused?: true;
}
const on = (raw: unknown): true | undefined => (raw === true || raw === 'true' ? true : undefined);
export const accessReviewsSearch = (raw: RawSearch): AccessReviewsSearch =>
  compact<AccessReviewsSearch>({
    review: textOf(raw['review'], 36),
    state: oneOf(ITEM_STATES, raw['state']),
    mine: on(raw['mine']),
    unused: on(raw['unused']),
  });
