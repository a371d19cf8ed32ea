import { compact, oneOf, textOf, type RawSearch } from '#lib/search.ts';
import { DOCUMENT_STATES, MODES } from './types.ts';

export const COLLECTION_TABS = ['documents', 'try', 'settings'] as const;
/** What of one collection is shown, as it stands in the address. */
export interface CollectionSearch {
  tab?: (typeof COLLECTION_TABS)[number];
  /** A part of the title or the name of the file. */
  q?: string;
  state?: (typeof DOCUMENT_STATES)[number];
  /** Id of the document that is open. */
  open?: string;
  /** What was asked, so that an answer can be shown to somebody else. */
  ask?: string;
  mode?: (typeof MODES)[number];
}
export const collectionSearch = (raw: RawSearch): CollectionSearch =>
  compact<CollectionSearch>({
    tab: oneOf(COLLECTION_TABS, raw['tab']),
    q: textOf(raw['q'], 200),
    state: oneOf(DOCUMENT_STATES, raw['state']),
    open: textOf(raw['open'], 64),
    ask: textOf(raw['ask'], 2_000),
    mode: oneOf(MODES, raw['mode']),
  });
