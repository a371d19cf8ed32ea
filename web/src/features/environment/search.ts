import { compact, textOf, type RawSearch } from '#lib/search.ts';

export interface EnvironmentSearch {
  /** Name of the environment whose variables are shown; those of all when absent. */
  environment?: string;
  q?: string;
}
export const environmentSearch = (raw: RawSearch): EnvironmentSearch =>
  compact<EnvironmentSearch>({ environment: textOf(raw['environment'], 31), q: textOf(raw['q'], 64) });
