import { Invalid } from './invalid.ts';
import type { Name } from './names.ts';
import { canonicalType } from './rdata/types.ts';
import { ownerName, recordValue } from './records.ts';
import { newFaults } from './rules.ts';
import { recordsOf, setKey, toSets, type Entry, type Sets } from './sets.ts';
import type { ZoneRecord } from './records.ts';

/** What people ask for, in their words; nothing of it has been looked at yet. */
export interface Edits {
  creates: readonly {
    name: string;
    type: string;
    ttl?: number | undefined;
    value: string;
    comment?: string | null | undefined;
    applyToSet?: boolean | undefined;
  }[];
  updates: readonly {
    recordId: string;
    ttl?: number | undefined;
    value?: string | undefined;
    comment?: string | null | undefined;
    applyToSet?: boolean | undefined;
  }[];
  deletes: readonly string[];
}

export interface EditFault {
  slug: 'record-invalid' | 'cname-conflict' | 'ttl-mismatch' | 'dns-record-not-found';
  pointer: string;
  message: string;
}

/** Where in the input an edit stands, as a JSON pointer without the field. */
export type Pointer = (kind: keyof Edits, index: number) => string;

interface Zone {
  name: Name;
  defaultTtl: number;
}
/** `ttl` null: none was asked for, so that of the set. `asked` marks what this edit wants for the set. */
interface Draft extends Entry, Omit<ZoneRecord, 'ttl'> {
  ttl: number | null;
  asked?: { pointer: string; applyToSet: boolean };
}

/** What is being worked on while edits are taken in one by one. */
interface Desk {
  zone: Zone;
  drafts: Map<string, Draft>;
  /** The first edit that touched a set or a name. */
  touched: Map<string, string>;
  faults: EditFault[];
}

/**
 * The zone after the edits, or every fault in them. Deletes go first, then updates, then creates, whatever their order in the
 * input, so that one change set can replace a CNAME by an address.
 */
export function stage(zone: Zone, before: Sets, edits: Edits, pointer: Pointer, newId: () => string): { after: Sets; faults: EditFault[] } {
  const desk: Desk = { zone, drafts: new Map(recordsOf(before).map((record) => [record.id, record])), touched: new Map(), faults: [] };
  edits.deletes.forEach((id, index) => {
    if (find(desk, id, pointer('deletes', index))) desk.drafts.delete(id);
  });
  edits.updates.forEach((edit, index) => update(desk, edit, pointer('updates', index)));
  edits.creates.forEach((edit, index) => create(desk, edit, pointer('creates', index), newId));
  const after = settle(desk, before);
  if (desk.faults.length > 0) return { after, faults: desk.faults };
  const contradictions = newFaults(zone.name, before, after).map(({ slug, name, type, about, message }): EditFault => {
    const where = desk.touched.get(setKey({ name, type })) ?? desk.touched.get(name) ?? desk.touched.get(about ?? name) ?? '';
    return { slug, pointer: where, message };
  });
  return { after, faults: contradictions };
}

/** Runs `read` on one field; what it finds invalid is noted with the field's place. */
function attempt<T>({ faults }: Desk, pointer: string, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    faults.push({ slug: 'record-invalid', pointer, message: error.message });
    return undefined;
  }
}

function touch({ touched }: Desk, draft: Draft, where: string): void {
  for (const key of [setKey(draft), draft.name]) if (!touched.has(key)) touched.set(key, where);
}

function find(desk: Desk, id: string, where: string): Draft | undefined {
  const draft = desk.drafts.get(id);
  if (draft) touch(desk, draft, where);
  else
    desk.faults.push({
      slug: 'dns-record-not-found',
      pointer: where,
      message: `there is no record ${id} in ${desk.zone.name}, or it is deleted in the same change`,
    });
  return draft;
}

const asking = (ttl: number | undefined, where: string, applyToSet = false): Partial<Draft> =>
  ttl === undefined ? {} : { ttl, asked: { pointer: `${where}/ttl`, applyToSet } };

function update(desk: Desk, { recordId, ttl, value, comment, applyToSet }: Edits['updates'][number], where: string): void {
  const draft = find(desk, recordId, where);
  if (!draft) return;
  const data = value === undefined ? draft.value : attempt(desk, `${where}/value`, () => recordValue(draft.type, value));
  if (data === undefined) return;
  desk.drafts.set(recordId, { ...draft, value: data, ...(comment === undefined ? {} : { comment }), ...asking(ttl, where, applyToSet) });
}

function create(
  desk: Desk,
  { name, type, ttl, value, comment = null, applyToSet }: Edits['creates'][number],
  where: string,
  newId: () => string,
): void {
  const owner = attempt(desk, `${where}/name`, () => ownerName(name, desk.zone.name));
  const mnemonic = attempt(desk, `${where}/type`, () => canonicalType(type));
  const data = mnemonic === undefined ? undefined : attempt(desk, `${where}/value`, () => recordValue(mnemonic, value));
  if (owner === undefined || mnemonic === undefined || data === undefined) return;
  const draft: Draft = { id: newId(), name: owner, type: mnemonic, ttl: null, value: data, comment, ...asking(ttl, where, applyToSet) };
  desk.drafts.set(draft.id, draft);
  touch(desk, draft, where);
}

/** One TTL per set, no record twice. */
function settle(desk: Desk, before: Sets): Sets {
  const records: (ZoneRecord & Entry)[] = [];
  for (const [key, group] of Map.groupBy(desk.drafts.values(), setKey)) {
    const ttl = ttlOf(desk, group, before.get(key)?.ttl ?? desk.zone.defaultTtl);
    const values = new Set<string>();
    for (const { id, name, type, value, comment } of group) {
      if (values.has(value)) {
        const message = `${name} has this ${type} record already: ${value.slice(0, 80)}`;
        desk.faults.push({ slug: 'record-invalid', pointer: `${desk.touched.get(key) ?? ''}/value`, message });
      }
      values.add(value);
      records.push({ id, name, type, ttl, value, comment });
    }
  }
  return toSets(records);
}

/** The TTL of a set: what was asked for the whole of it, else what its other records have, else what is asked, else `otherwise`. */
function ttlOf({ faults }: Desk, group: readonly Draft[], otherwise: number): number {
  const asked = group.filter((draft) => draft.asked);
  const forced = asked.find((draft) => draft.asked!.applyToSet)?.ttl;
  if (typeof forced === 'number') return forced;
  const kept = group.find((draft) => draft.ttl !== null && !draft.asked);
  const ttl = (kept ?? asked[0])?.ttl ?? otherwise;
  const odd = asked.find((draft) => draft.ttl !== ttl);
  if (odd) {
    const message = `all ${odd.type} records of ${odd.name} have one TTL, ${ttl} s; set applyToSet to give all of them ${odd.ttl} s`;
    faults.push({ slug: 'ttl-mismatch', pointer: odd.asked!.pointer, message });
  }
  return ttl;
}
