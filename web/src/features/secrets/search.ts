import { compact, oneOf, textOf, type RawSearch } from '#lib/search.ts';
import { VALUE_TYPES, type ValueType } from './value-types.ts';

/** Stands for the workspace where projects are chosen from; no project can be called so. */
export const WORKSPACE = '-';

/** What of the secrets is shown, as it stands in the address. */
export interface SecretsSearch {
  q?: string;
  /** A slug, or `WORKSPACE`. */
  project?: string;
  environment?: string;
  type?: ValueType;
  tag?: string;
  /** Those that end or are due within 30 days. */
  expiring?: boolean;
  /** Those that can still be restored. */
  deleted?: boolean;
}
export const secretsSearch = (raw: RawSearch): SecretsSearch =>
  compact<SecretsSearch>({
    q: textOf(raw['q'], 64),
    project: textOf(raw['project'], 63),
    environment: textOf(raw['environment'], 31),
    type: oneOf(VALUE_TYPES, raw['type']),
    tag: textOf(raw['tag'], 127),
    expiring: raw['expiring'] === true,
    deleted: raw['deleted'] === true,
  });

export const SECRET_TABS = ['overview', 'versions', 'access'] as const;
export const ACCESS_RESULTS = ['success', 'denied', 'failed'] as const;
export interface SecretSearch {
  tab?: (typeof SECRET_TABS)[number];
  /** Of the access log. */
  result?: (typeof ACCESS_RESULTS)[number];
}
export const secretSearch = (raw: RawSearch): SecretSearch =>
  compact<SecretSearch>({ tab: oneOf(SECRET_TABS, raw['tab']), result: oneOf(ACCESS_RESULTS, raw['result']) });
