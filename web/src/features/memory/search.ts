import type { Query } from '#lib/api.ts';
import { compact, oneOf, textOf, type RawSearch } from '#lib/search.ts';
import { IMPORTANCES, MEMORY_TYPES, SENSITIVITIES } from './types.ts';

/** What of the memories is shown, as it stands in the address. */
export interface MemoriesSearch {
  /** A part of the key or the title. */
  q?: string;
  space?: string;
  type?: (typeof MEMORY_TYPES)[number];
  sensitivity?: (typeof SENSITIVITIES)[number];
  importance?: (typeof IMPORTANCES)[number];
  tag?: string;
}
export const memoriesSearch = (raw: RawSearch): MemoriesSearch =>
  compact<MemoriesSearch>({
    q: textOf(raw['q'], 200),
    space: textOf(raw['space'], 64),
    type: oneOf(MEMORY_TYPES, raw['type']),
    sensitivity: oneOf(SENSITIVITIES, raw['sensitivity']),
    importance: oneOf(IMPORTANCES, raw['importance']),
    tag: textOf(raw['tag'], 50),
  });
export const listQuery = (search: MemoriesSearch): Query => ({ ...search });

const MEMORY_TABS = ['content', 'versions', 'changes', 'audit'] as const;
export interface MemorySearch {
  tab?: (typeof MEMORY_TABS)[number];
}
export const memorySearch = (raw: RawSearch): MemorySearch => compact<MemorySearch>({ tab: oneOf(MEMORY_TABS, raw['tab']) });
