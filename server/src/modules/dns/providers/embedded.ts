import type { Databases } from '#kernel/database.ts';
import { nextSerial, readServed, removeServed, takeName, writeServed, type Served } from '../embedded/store.ts';
import { soaValue, type ServedSet } from '../embedded/zone.ts';
import type { Name } from '../names.ts';
import { sameAnswer, setKey, type SetChange, type SetState } from '../sets.ts';
import type { Endpoint } from '../wire/exchange.ts';
import { DnsServerFault, type DnsServer } from './port.ts';

export interface EmbeddedOptions {
  databases: Databases;
  /** Where the name server listens; what `ns1` of each zone points to. */
  endpoint: Endpoint;
  now?: () => Date;
}

/** The sets every zone begins with: its name server and where that is. */
export const firstSets = (zone: Name, ttl: number, address: string): ServedSet[] => [
  { name: zone, type: 'NS', ttl, values: [`ns1.${zone}.`] },
  { name: `ns1.${zone}`, type: address.includes(':') ? 'AAAA' : 'A', ttl, values: [address] },
];

const stateOf = (set: ServedSet | undefined): SetState | null =>
  set ? { ttl: set.ttl, entries: set.values.map((value) => ({ id: '', value, comment: null })) } : null;

/** One tenant's view of the name server that we bring along. Its state is a table, so nothing of it is lost with the process. */
export function embeddedServer({ databases, endpoint, now = () => new Date() }: EmbeddedOptions, tenantId: string): DnsServer {
  const absent = (zone: Name): DnsServerFault => new DnsServerFault('absent', `the embedded name server has no zone ${zone}`);
  return {
    kind: 'embedded',
    endpoint,
    ownsZones: true,
    async read(zone) {
      const served = await databases.tenant({ tenantId, readOnly: true }, (db) => readServed(db, tenantId, zone));
      if (!served) throw absent(zone);
      const { serial, soaTtl, sets } = served;
      const records = sets.flatMap(({ name, type, ttl, values }) => values.map((value) => ({ name, type, ttl, value })));
      return { serial, soa: { ttl: soaTtl, value: soaValue(zone, serial) }, records };
    },
    async create(zone, defaultTtl) {
      const first: Served = { serial: nextSerial(0, now()), soaTtl: defaultTtl, sets: firstSets(zone, defaultTtl, endpoint.address) };
      if (!(await takeName(databases, tenantId, zone, first))) throw new DnsServerFault('taken', `the name ${zone} is taken on this name server`);
    },
    remove: (zone) => databases.tenant({ tenantId }, (db) => removeServed(db, tenantId, zone)),
    parts: (_zone, changes) => {
      const wanted = changes.filter(({ before, after }) => !sameAnswer(before, after));
      return wanted.length > 0 ? [wanted] : [];
    },
    apply: (zone, changes, { serial: least = 0 }) =>
      databases.tenant({ tenantId }, async (db) => {
        const served = await readServed(db, tenantId, zone, true);
        if (!served) throw absent(zone);
        const sets = new Map(served.sets.map((set) => [setKey(set), set]));
        const all = (side: 'before' | 'after'): boolean => changes.every((change) => sameAnswer(stateOf(sets.get(setKey(change))), change[side]));
        if (all('after')) return served.serial;
        if (!all('before')) throw new DnsServerFault('conflict', `${zone} was changed at the server by someone else; nothing was written`);
        for (const change of changes) put(sets, change);
        const serial = Math.max(nextSerial(served.serial, now()), least);
        await writeServed(db, tenantId, served.id, serial, [...sets.values()]);
        return serial;
      }),
  };
}

function put(sets: Map<string, ServedSet>, { name, type, after }: SetChange): void {
  if (after) sets.set(setKey({ name, type }), { name, type, ttl: after.ttl, values: after.entries.map(({ value }) => value) });
  else sets.delete(setKey({ name, type }));
}
