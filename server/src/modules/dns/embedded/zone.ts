import { parentOf, type Name } from '../names.ts';
import { encodeValue, typeCode } from '../rdata/types.ts';
import { CLASS, TYPE, type ResourceRecord } from '../wire/message.ts';

/** One RRset as the embedded server keeps it. */
export interface ServedSet {
  name: Name;
  type: string;
  ttl: number;
  values: string[];
}

/** A zone made ready for answering. */
export interface ZoneIndex {
  name: Name;
  soa: ResourceRecord;
  /** The SOA as it goes with a "no": its TTL is how long the "no" may be kept (RFC 2308 3). */
  denial: ResourceRecord;
  sets: ReadonlyMap<Name, ReadonlyMap<number, readonly ResourceRecord[]>>;
  /** All names that exist, those between a name and the top included. */
  names: ReadonlySet<Name>;
}

const SOA_TIMES = { refresh: 7_200, retry: 900, expire: 1_209_600, minimum: 300 } as const;

/** Presentation form of the SOA that the embedded server gives a zone. */
export const soaValue = (zone: Name, serial: number): string => `ns1.${zone}. hostmaster.${zone}. ${serial} ${Object.values(SOA_TIMES).join(' ')}`;

export function indexZone(name: Name, serial: number, soaTtl: number, served: readonly ServedSet[]): ZoneIndex {
  const record = (type: string, ttl: number, value: string, owner = name): ResourceRecord => ({
    name: owner,
    type: typeCode(type),
    class: CLASS.IN,
    ttl,
    data: encodeValue(type, value),
  });
  const soa = record('SOA', soaTtl, soaValue(name, serial));
  const sets = new Map<Name, Map<number, ResourceRecord[]>>([[name, new Map([[TYPE.SOA as number, [soa]]])]]);
  const names = new Set<Name>([name]);
  for (const { name: owner, type, ttl, values } of served) {
    const types = sets.get(owner) ?? new Map<number, ResourceRecord[]>();
    sets.set(owner, types.set(typeCode(type), values.map((value) => record(type, ttl, value, owner)))); // prettier-ignore
    for (let at: Name | undefined = owner; at !== undefined && !names.has(at); at = parentOf(at)) names.add(at);
  }
  return { name, soa, denial: { ...soa, ttl: Math.min(soaTtl, SOA_TIMES.minimum) }, sets, names };
}
