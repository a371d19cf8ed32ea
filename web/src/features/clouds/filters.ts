import type { Query } from '#lib/api.ts';
import { compact, oneOf, textOf, type Loose, type RawSearch } from '#lib/search.ts';
import { SERVER_ACTIONS, SERVER_STATUSES, type ServerAction, type ServerStatus } from './types.ts';

/** Names are how people look for a server; the list itself would begin with the newest. */
export const DEFAULT_SORT = 'name';
const SORTS = ['name', '-name', 'createdAt', '-createdAt', 'status', '-status', 'cost', '-cost'] as const;

/** What of the list of servers is shown, as it stands in the address. */
export interface ServersSearch {
  q?: string;
  status?: ServerStatus;
  environment?: string;
  region?: string;
  connection?: string;
  /** Label selector: `role=web,tier!=db`. */
  labels?: string;
  drift?: boolean;
  sort?: (typeof SORTS)[number];
}

export const serversSearch = (raw: RawSearch): ServersSearch =>
  compact<ServersSearch>({
    q: textOf(raw['q']),
    status: oneOf(SERVER_STATUSES, raw['status']),
    environment: textOf(raw['environment'], 31),
    region: textOf(raw['region'], 63),
    connection: textOf(raw['connection'], 36),
    labels: textOf(raw['labels'], 1000),
    drift: raw['drift'] === true,
    sort: oneOf(SORTS, raw['sort']),
  });

/** The same as the list's parameters. */
export const serversQuery = ({ connection, labels, drift, sort, ...same }: ServersSearch): Query => ({
  ...same,
  sort: sort ?? DEFAULT_SORT,
  connectionId: connection,
  labelSelector: labels,
  drift: drift ? 'open' : undefined,
});

/** The search after a choice. */
export const chosen = (search: ServersSearch, next: Loose<ServersSearch>): ServersSearch => compact<ServersSearch>({ ...search, ...next });

/** Whether anything but the order was chosen. */
export const isFiltered = ({ sort: _, ...filters }: ServersSearch): boolean => Object.keys(filters).length > 0;

const SERVER_TABS = ['overview', 'changes', 'audit', 'json'] as const;
/** What of one server is shown. */
export interface ServerSearch {
  tab?: (typeof SERVER_TABS)[number];
  /** Opens this question at once, so that it can be linked to. */
  ask?: ServerAction;
}
export const serverSearch = (raw: RawSearch): ServerSearch =>
  compact<ServerSearch>({ tab: oneOf(SERVER_TABS, raw['tab']), ask: oneOf(SERVER_ACTIONS, raw['ask']) });
