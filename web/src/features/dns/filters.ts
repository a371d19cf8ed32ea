import { compact, oneOf, textOf, type RawSearch } from '#lib/search.ts';

export interface ZonesSearch {
  q?: string;
  connection?: string;
  environment?: string;
}
export const zonesSearch = (raw: RawSearch): ZonesSearch =>
  compact<ZonesSearch>({ q: textOf(raw['q'], 253), connection: textOf(raw['connection'], 36), environment: textOf(raw['environment'], 31) });

export const ZONE_TABS = ['records', 'propagation', 'history', 'changes', 'audit', 'json'] as const;
export const ZONE_ASKS = ['import', 'export', 'settings', 'delete'] as const;
/** What of a zone is shown, as it stands in the address. */
export interface ZoneSearch {
  tab?: (typeof ZONE_TABS)[number];
  /** Opens this dialog at once. */
  ask?: (typeof ZONE_ASKS)[number];
  q?: string;
  type?: string;
  /** What the propagation check asks for. */
  name?: string;
}
export const zoneSearch = (raw: RawSearch): ZoneSearch =>
  compact<ZoneSearch>({
    tab: oneOf(ZONE_TABS, raw['tab']),
    ask: oneOf(ZONE_ASKS, raw['ask']),
    q: textOf(raw['q'], 253),
    type: typeof raw['type'] === 'string' && /^[A-Z0-9]{1,12}$/.test(raw['type']) ? raw['type'] : undefined,
    name: textOf(raw['name'], 253),
  });
