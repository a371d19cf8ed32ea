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

/**
 * The zone after the edits, or every fault in them. Deletes go first, then updates, then creates, whatever their order in the
 * input, so that one change set can replace a CNAME by an address.
 */
export function stage(zone: Zone, before: Sets, edits: Edits, pointer: Pointer, newId: () => string): { after: Sets; faults: EditFault[] } {
  const faults: EditFault[] = [];
  const drafts = new Map<string, Draft>(recordsOf(before).map((record) => [record.id, record]));
  const touched = new Map<string, string>();
  const attempt = (where: string, field: string, act: () => void): void => {
    try {
      act();
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      faults.push({ slug: 'record-invalid', pointer: `${where}/${field}`, message: error.message });
    }
  };
  const touch = (draft: Draft, where: string): void => {
    if (!touched.has(setKey(draft))) touched.set(setKey(draft), where);
    if (!touched.has(draft.name)) touched.set(draft.name, where);
  };
  const find = (id: string, where: string): Draft | undefined => {
    const draft = drafts.get(id);
    if (draft) touch(draft, where);
    else
      faults.push({
        slug: 'dns-record-not-found',
        pointer: where,
        message: `there is no record ${id} in ${zone.name}, or it is deleted in the same change`,
      });
    return draft;
  };

  edits.deletes.forEach((id, index) => {
    if (find(id, pointer('deletes', index))) drafts.delete(id);
  });
  edits.updates.forEach(({ recordId, ttl, value, comment, applyToSet = false }, index) => {
    const where = pointer('updates', index);
    const draft = find(recordId, where);
    if (!draft) return;
    attempt(where, 'value', () => {
      const next = {
        ...draft,
        ...(value === undefined ? {} : { value: recordValue(draft.type, value) }),
        ...(comment === undefined ? {} : { comment }),
      };
      drafts.set(recordId, ttl === undefined ? next : { ...next, ttl, asked: { pointer: `${where}/ttl`, applyToSet } });
    });
  });
  edits.creates.forEach(({ name, type, ttl, value, comment = null, applyToSet = false }, index) => {
    const where = pointer('creates', index);
    let owner = '';
    let mnemonic = '';
    attempt(where, 'name', () => (owner = ownerName(name, zone.name)));
    attempt(where, 'type', () => (mnemonic = canonicalType(type)));
    if (mnemonic === '') return;
    attempt(where, 'value', () => {
      const canonical = recordValue(mnemonic, value);
      if (owner === '') return;
      const draft: Draft = { id: newId(), name: owner, type: mnemonic, ttl: null, value: canonical, comment };
      drafts.set(draft.id, ttl === undefined ? draft : { ...draft, ttl, asked: { pointer: `${where}/ttl`, applyToSet } });
      touch(draft, where);
    });
  });

  const { after, faults: setFaults } = settle(zone, before, [...drafts.values()], touched);
  faults.push(...setFaults);
  if (faults.length === 0) {
    for (const { slug, name, type, about, message } of newFaults(zone.name, before, after)) {
      const where = touched.get(`${name} ${type}`) ?? touched.get(name) ?? (about && touched.get(about)) ?? '';
      faults.push({ slug, pointer: where, message });
    }
  }
  return { after, faults };
}

/** One TTL per set, no record twice. */
function settle(zone: Zone, before: Sets, drafts: readonly Draft[], touched: ReadonlyMap<string, string>): { after: Sets; faults: EditFault[] } {
  const faults: EditFault[] = [];
  const groups = Map.groupBy(drafts, setKey);
  const records: (ZoneRecord & Entry)[] = [];
  for (const [key, group] of groups) {
    const asked = group.filter((draft) => draft.asked);
    const forced = asked.find((draft) => draft.asked!.applyToSet);
    const kept = group.find((draft) => draft.ttl !== null && !draft.asked);
    const ttl = forced?.ttl ?? kept?.ttl ?? asked[0]?.ttl ?? before.get(key)?.ttl ?? zone.defaultTtl;
    const odd = forced ? undefined : asked.find((draft) => draft.ttl !== ttl);
    if (odd) {
      const message = `all ${odd.type} records of ${odd.name} have one TTL, ${ttl} s; set applyToSet to give all of them ${odd.ttl} s`;
      faults.push({ slug: 'ttl-mismatch', pointer: odd.asked!.pointer, message });
    }
    const values = new Set<string>();
    for (const { id, name, type, value, comment } of group) {
      if (values.has(value))
        faults.push({
          slug: 'record-invalid',
          pointer: `${touched.get(key) ?? ''}/value`,
          message: `${name} has this ${type} record already: ${value.slice(0, 80)}`,
        });
      values.add(value);
      records.push({ id, name, type, ttl, value, comment });
    }
  }
  return { after: toSets(records), faults };
}
