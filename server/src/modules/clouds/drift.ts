import type { Catalog, ObservedServer } from './providers/port.ts';
import { differences, massDisappearance } from './rules.ts';
import type { DriftKind } from './schemas.ts';
import type { ServerRow } from './tables.ts';

/** Findings rest while a Change works on a server and for a minute after it; what is missing must be so for as long. */
const REST_MS = 60_000;

export type KnownServer = Pick<
  ServerRow,
  | 'id'
  | 'name'
  | 'externalId'
  | 'status'
  | 'environment'
  | 'desired'
  | 'changeId'
  | 'changedAt'
  | 'missedAt'
  | 'monthlyAmount'
  | 'currency'
  | 'observed'
  | 'size'
  | 'createdAt'
>;

/** Something that is not as it should be, as one pass sees it. */
export interface Sighting {
  kind: DriftKind;
  field: string;
  serverId: string | null;
  externalId: string;
  name: string;
  before: unknown;
  after: unknown;
  costDelta: number | null;
  currency: string | null;
  environment: string | null;
}

export interface Comparison {
  /** Seen at the provider: the row takes over what is. */
  adopt: { row: KnownServer; observed: ObservedServer }[];
  /** Not seen; `confirm`: absent for long enough that a direct look decides. */
  missed: { row: KnownServer; confirm: boolean }[];
  sightings: Sighting[];
  /** Rows about which this pass says nothing: a Change is or was just at work. */
  resting: Set<string>;
  /** So many are gone at once that the list is not believed. */
  guarded: boolean;
}

const isResting = (row: KnownServer, now: Date): boolean =>
  row.changeId !== null || (row.changedAt !== null && now.getTime() - row.changedAt.getTime() < REST_MS);

const monthly = (catalog: Catalog, size: string): number | null => catalog.sizes.find(({ id }) => id === size)?.monthly.amount ?? null;

function changedFields(row: KnownServer, observed: ObservedServer, catalog: Catalog): Sighting[] {
  const about = { kind: 'changed' as const, serverId: row.id, externalId: observed.externalId, name: row.name, environment: row.environment };
  return differences(row.desired, observed).map(({ field, before, after }) => {
    const [was, is] = [monthly(catalog, row.desired.size), monthly(catalog, observed.size)];
    const costDelta = field === 'size' && was !== null && is !== null ? is - was : field === 'size' ? null : 0;
    return { ...about, field, before, after, costDelta, currency: row.currency };
  });
}

export const missingSighting = (row: KnownServer): Sighting => ({
  kind: 'missing',
  field: 'existence',
  serverId: row.id,
  externalId: row.externalId!,
  name: row.name,
  before: 'exists',
  after: 'not found',
  costDelta: -row.monthlyAmount,
  currency: row.currency,
  environment: row.environment,
});

/** What exists there and is no server of ours. */
function stranger(observed: ObservedServer, owner: KnownServer | undefined, catalog: Catalog): Sighting {
  const { name, size, region, image, status, createdAt } = observed;
  return {
    kind: owner ? 'duplicate' : observed.mark ? 'orphan' : 'unmanaged',
    field: 'existence',
    serverId: owner?.id ?? null,
    externalId: observed.externalId,
    name,
    before: null,
    after: { name, size, region, image, status, createdAt, mark: observed.mark },
    costDelta: monthly(catalog, size),
    currency: catalog.sizes[0]?.monthly.currency ?? null,
    environment: owner?.environment ?? null,
  };
}

/** Finds the row of a server that was seen. One that carries the mark of a row without a server is that row's: its answer was lost. */
function finder(rows: readonly KnownServer[]) {
  const byExternal = new Map(rows.map((row) => [row.externalId, row]));
  const living = new Map(rows.map((row) => [row.id, row]));
  return (observed: ObservedServer): { row: KnownServer | undefined; owner: KnownServer | undefined } => {
    const owner = observed.mark ? living.get(observed.mark.id) : undefined;
    return { row: byExternal.get(observed.externalId) ?? (owner?.externalId === null ? owner : undefined), owner };
  };
}

const isOlder = (row: KnownServer, observed: ObservedServer): boolean => row.observed !== null && observed.sequence < row.observed.sequence;

/** Goes through what is there: what is taken over, what differs, who is a stranger. Answers the rows that were seen. */
function lookAtSeen(result: Comparison, rows: readonly KnownServer[], seen: readonly ObservedServer[], catalog: Catalog): Set<string> {
  const find = finder(rows);
  const present = new Set<string>();
  for (const observed of seen) {
    const { row, owner } = find(observed);
    if (row) present.add(row.id);
    if (!row && (!owner || !result.resting.has(owner.id))) result.sightings.push(stranger(observed, owner, catalog));
    if (!row || row.changeId !== null || isOlder(row, observed)) continue;
    result.adopt.push({ row, observed });
    if (!result.resting.has(row.id)) result.sightings.push(...changedFields(row, observed, catalog));
  }
  return present;
}

const confirmable = (row: KnownServer, now: Date): boolean => row.missedAt !== null && now.getTime() - row.missedAt.getTime() >= REST_MS;

/** Compares what is known of a connection with a complete list of what is there. Pure; storing is for pass.ts. */
export function compare(rows: readonly KnownServer[], seen: readonly ObservedServer[], catalog: Catalog, now: Date): Comparison {
  const resting = new Set(rows.filter((row) => isResting(row, now)).map(({ id }) => id));
  const result: Comparison = { adopt: [], missed: [], sightings: [], resting, guarded: false };
  const present = lookAtSeen(result, rows, seen, catalog);
  const expected = rows.filter((row) => row.externalId !== null && row.status !== 'missing' && !resting.has(row.id));
  const absent = expected.filter(({ id }) => !present.has(id));
  result.guarded = massDisappearance(expected.length, expected.length - absent.length);
  if (result.guarded) return result;
  result.missed = absent.map((row) => ({ row, confirm: confirmable(row, now) }));
  result.sightings.push(...rows.filter((row) => row.status === 'missing' && !present.has(row.id)).map(missingSighting));
  return result;
}
