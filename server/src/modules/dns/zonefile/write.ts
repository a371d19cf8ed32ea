import { isWithin, withDot, type Name } from '../names.ts';
import type { ZoneRecord } from '../records.ts';
import { inDataOrder, inOrder, recordsOf, type Sets } from '../sets.ts';

export interface WrittenZone {
  name: Name;
  serial: number;
  /** Presentation form of its data. */
  soa: { ttl: number; value: string };
  sets: Sets;
}

const line = ({ name, ttl, type, value }: ZoneRecord): string => `${withDot(name)}\t${ttl}\tIN\t${type}\t${value}\n`;

/**
 * A master file with absolute names and explicit TTLs: the top of the zone first (SOA, NS), then names in canonical order, then types,
 * then data. It carries no time, so equal zones give equal bytes.
 */
export function writeZoneFile({ name, serial, soa, sets }: WrittenZone): string {
  const ordered = inOrder([...sets.values()].filter((set) => isWithin(set.name, name)));
  const records = ordered.flatMap((set) => inDataOrder(set.type, recordsOf(new Map([['', set]]))));
  return [`; Zone ${name}, serial ${serial}\n`, line({ name, type: 'SOA', ...soa }), ...records.map(line)].join('');
}
