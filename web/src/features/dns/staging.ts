import type { DnsRecord } from './types.ts';

/** A record that does not exist yet. `key` is ours; `ttl` null: that of its set, or the zone's. */
export interface NewRecord {
  key: string;
  name: string;
  type: string;
  ttl: number | null;
  value: string;
  comment: string | null;
}
/** What of an existing record shall become different. */
export interface Patch {
  ttl?: number;
  value?: string;
  comment?: string | null;
}
/** Edits of a zone that nobody but this browser knows. Existing records are kept as they were seen, to notice when they move. */
export interface Staged {
  creates: readonly NewRecord[];
  updates: Readonly<Record<string, { before: DnsRecord; patch: Patch }>>;
  deletes: Readonly<Record<string, DnsRecord>>;
}
export const NOTHING: Staged = { creates: [], updates: {}, deletes: {} };

export const count = ({ creates, updates, deletes }: Staged): { created: number; changed: number; removed: number; all: number } => {
  const [created, changed, removed] = [creates.length, Object.keys(updates).length, Object.keys(deletes).length];
  return { created, changed, removed, all: created + changed + removed };
};

const without = <T>(map: Readonly<Record<string, T>>, id: string): Record<string, T> => {
  const { [id]: _gone, ...rest } = map;
  return rest;
};

/** Add a record, or replace the staged one of the same key. */
export function stageCreate(staged: Staged, record: NewRecord): Staged {
  const known = staged.creates.some(({ key }) => key === record.key);
  const creates = known ? staged.creates.map((each) => (each.key === record.key ? record : each)) : [...staged.creates, record];
  return { ...staged, creates };
}

/** Only what differs from the record; undefined when nothing does. */
function patchOf(before: DnsRecord, wish: Pick<NewRecord, 'ttl' | 'value' | 'comment'>): Patch | undefined {
  const patch: Patch = {
    ...(wish.ttl !== null && wish.ttl !== before.ttl ? { ttl: wish.ttl } : {}),
    ...(wish.value !== before.value ? { value: wish.value } : {}),
    ...((wish.comment ?? null) !== before.comment ? { comment: wish.comment } : {}),
  };
  return Object.keys(patch).length > 0 ? patch : undefined;
}

/**
 * Change a record. One whose name or type becomes another is deleted and made anew, since those are what a record is found by; one
 * that becomes as it was is no change at all.
 */
export function stageUpdate(staged: Staged, before: DnsRecord, wish: Omit<NewRecord, 'key'>, key: string): Staged {
  const clean = { ...staged, updates: without(staged.updates, before.id), deletes: without(staged.deletes, before.id) };
  if (wish.name !== before.name || wish.type !== before.type) {
    return stageCreate({ ...clean, deletes: { ...clean.deletes, [before.id]: before } }, { ...wish, ttl: wish.ttl ?? before.ttl, key });
  }
  const patch = patchOf(before, wish);
  return patch ? { ...clean, updates: { ...clean.updates, [before.id]: { before, patch } } } : clean;
}

/** Delete a record; asked for again, it stays. */
export function toggleDelete(staged: Staged, record: DnsRecord): Staged {
  if (record.id in staged.deletes) return { ...staged, deletes: without(staged.deletes, record.id) };
  return { ...staged, updates: without(staged.updates, record.id), deletes: { ...staged.deletes, [record.id]: record } };
}

/** Take one edit back: by the id of the record or the key of a new one. */
export const discard = (staged: Staged, id: string): Staged => ({
  creates: staged.creates.filter(({ key }) => key !== id),
  updates: without(staged.updates, id),
  deletes: without(staged.deletes, id),
});

export interface StagedRow extends DnsRecord {
  staged: 'added' | 'changed' | 'removed' | null;
  /** As it is at the server, for a changed one. */
  before: DnsRecord | null;
  /** Its TTL follows that of another record of its set, which is staged. */
  follows: boolean;
}
const setOf = ({ name, type }: Pick<DnsRecord, 'name' | 'type'>): string => `${name} ${type}`;

/** TTLs that staged edits give to whole sets: a set has one TTL (RFC 2181 5.2), so its other records follow. */
function stagedTtls({ creates, updates }: Staged): Map<string, number> {
  const ttls = new Map<string, number>();
  for (const { before, patch } of Object.values(updates)) if (patch.ttl !== undefined) ttls.set(setOf(before), patch.ttl);
  for (const record of creates) if (record.ttl !== null) ttls.set(setOf(record), record.ttl);
  return ttls;
}

/** The zone's records as they will be, new ones first, each with what is staged for it. Edits of records that are not read yet are kept. */
export function overlay(records: readonly DnsRecord[], staged: Staged, zone: { id: string; defaultTtl: number }): StagedRow[] {
  const ttls = stagedTtls(staged);
  const known = new Map(records.map((record) => [setOf(record), record.ttl]));
  const created = staged.creates.map((record): StagedRow => {
    const ttl = record.ttl ?? ttls.get(setOf(record)) ?? known.get(setOf(record)) ?? zone.defaultTtl;
    return { ...record, id: record.key, zoneId: zone.id, ttl, staged: 'added', before: null, follows: false };
  });
  const rows = records.map((record): StagedRow => {
    const update = staged.updates[record.id];
    if (record.id in staged.deletes) return { ...record, staged: 'removed', before: null, follows: false };
    const ttl = ttls.get(setOf(record)) ?? record.ttl;
    const follows = ttl !== record.ttl && update?.patch.ttl === undefined;
    if (update) return { ...record, ...update.patch, ttl, staged: 'changed', before: record, follows };
    return { ...record, ttl, staged: null, before: follows ? record : null, follows };
  });
  return [...created, ...rows];
}

/** The input of `dns.changeSet`. A TTL that was asked for holds for its whole set. */
export function toChangeSet({ creates, updates, deletes }: Staged): { creates: object[]; updates: object[]; deletes: string[] } {
  return {
    creates: creates.map(({ name, type, ttl, value, comment }) => ({
      name,
      type,
      value,
      ...(ttl === null ? {} : { ttl, applyToSet: true }),
      ...(comment === null ? {} : { comment }),
    })),
    updates: Object.entries(updates).map(([recordId, { patch }]) => ({
      recordId,
      ...patch,
      ...(patch.ttl === undefined ? {} : { applyToSet: true }),
    })),
    deletes: Object.keys(deletes),
  };
}

/** Refusals of the server by the id or key of the edit they are about; '' for what is about none of them. */
export function errorsByEdit(staged: Staged, errors: readonly { pointer: string; message: string }[]): Record<string, string> {
  const ids = { creates: staged.creates.map(({ key }) => key), updates: Object.keys(staged.updates), deletes: Object.keys(staged.deletes) };
  const found: Record<string, string> = {};
  for (const { pointer, message } of errors) {
    const [, kind, index] = /^\/(creates|updates|deletes)\/(\d+)/.exec(pointer) ?? [];
    const id = kind === undefined ? '' : (ids[kind as keyof typeof ids][Number(index)] ?? '');
    found[id] = found[id] ? `${found[id]} ${message}` : message;
  }
  return found;
}

/** Edits whose record has become another since they were staged: the ids. A record that is not read yet tells nothing. */
export const movedSince = (staged: Staged, records: readonly DnsRecord[]): string[] => {
  const now = new Map(records.map((record) => [record.id, record]));
  const seen = [...Object.entries(staged.updates).map(([id, { before }]) => [id, before] as const), ...Object.entries(staged.deletes)];
  return seen
    .filter(([id, before]) => {
      const record = now.get(id);
      return record !== undefined && (record.value !== before.value || record.ttl !== before.ttl || record.comment !== before.comment);
    })
    .map(([id]) => id);
};
