import type { Name } from '../names.ts';
import { encodeValue, typeCode } from '../rdata/types.ts';
import { sameAnswer, type SetChange, type SetState } from '../sets.ts';
import { CLASS, emptyMessage, encodeMessage, OPCODE, TYPE, type ResourceRecord } from '../wire/message.ts';

const nothing = Buffer.alloc(0);
const record = (name: Name, type: number, klass: number, ttl = 0, data: Buffer = nothing): ResourceRecord => ({
  name,
  type,
  class: klass,
  ttl,
  data,
});
const dataOf = (type: string, state: SetState | null): Buffer[] => (state?.entries ?? []).map(({ value }) => encodeValue(type, value));

/** What must be there, set by set (RFC 2136 2.4), so that an update that was sent twice is carried out once. */
function prerequisites({ name, type, before, after }: SetChange, changed: ReadonlySet<string>): ResourceRecord[] {
  const code = typeCode(type);
  if (before) return dataOf(type, before).map((data) => record(name, code, CLASS.IN, 0, data));
  const absent = [record(name, code, CLASS.NONE)];
  if (!after) return absent;
  // Servers pass over a CNAME beside other data, and other data beside a CNAME, without a word (RFC 2136 3.4.2.2): ask beforehand.
  if (type === 'CNAME' && !changed.has(name)) return [record(name, TYPE.ANY, CLASS.NONE)];
  if (type !== 'CNAME' && !changed.has(`${name} CNAME`)) absent.push(record(name, typeCode('CNAME'), CLASS.NONE));
  return absent;
}

/** What to do (RFC 2136 2.5): all deletions of the change go before all additions. */
function updates(zone: Name, change: SetChange): { deletes: ResourceRecord[]; adds: ResourceRecord[] } {
  const { name, type, before, after } = change;
  const code = typeCode(type);
  const adds = dataOf(type, after).map((data) => record(name, code, CLASS.IN, after!.ttl, data));
  if (!before) return { deletes: [], adds };
  // The name servers of the zone itself cannot be deleted as a set (RFC 2136 3.4.2.3): add the new ones, then take the old ones away.
  if (name === zone && type === 'NS') {
    const kept = new Set(dataOf(type, after).map((data) => data.toString('hex')));
    const gone = dataOf(type, before).filter((data) => !kept.has(data.toString('hex')));
    return { deletes: [], adds: [...adds, ...gone.map((data) => record(name, code, CLASS.NONE, 0, data))] };
  }
  return { deletes: [record(name, code, CLASS.ANY)], adds };
}

/** One UPDATE message that does all of `changes` or nothing. */
export function updateMessage(id: number, zone: Name, changes: readonly SetChange[]): Buffer {
  // Names at which a set goes away: there the rule about CNAMEs is for the server to find kept after the deletions.
  const changed = new Set(changes.filter(({ before }) => before).flatMap(({ name, type }) => [name, `${name} ${type}`]));
  const steps = changes.map((change) => updates(zone, change));
  return encodeMessage({
    ...emptyMessage(id),
    opcode: OPCODE.UPDATE,
    questions: [{ name: zone, type: TYPE.SOA, class: CLASS.IN }],
    answers: changes.flatMap((change) => prerequisites(change, changed)),
    authority: [...steps.flatMap(({ deletes }) => deletes), ...steps.flatMap(({ adds }) => adds)],
  });
}

/** Room for header, TSIG and a margin in the 65,535 octets of a message. */
const MAX_UPDATE = 64_000;

/**
 * Cuts a change into updates that fit into one message each. All sets of one name stay together, so that no part leaves a name in a
 * state that no server would take.
 */
export function updateParts(zone: Name, changes: readonly SetChange[]): SetChange[][] {
  const wanted = changes.filter(({ before, after }) => !sameAnswer(before, after));
  const parts: SetChange[][] = [[]];
  let size = 0;
  for (const group of Map.groupBy(wanted, ({ name }) => name).values()) {
    const grown = updateMessage(0, zone, group).length;
    if (size + grown > MAX_UPDATE && parts.at(-1)!.length > 0) {
      parts.push([]);
      size = 0;
    }
    parts.at(-1)!.push(...group);
    size += grown;
  }
  return parts.filter((part) => part.length > 0);
}
