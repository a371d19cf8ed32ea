import { isWithin, parentOf, type Name } from './names.ts';
import { hostOf } from './rdata/hosts.ts';
import { setKey, type RRset, type Sets } from './sets.ts';

/** Something in a zone that must not be. `about` is the other name that has part in it. */
export interface Fault {
  slug: 'record-invalid' | 'cname-conflict';
  name: Name;
  type: string;
  about?: Name | undefined;
  message: string;
}

const MAX_CHAIN = 8;
const MAX_VALUES = 400;

type Rule = (zone: Name, sets: Sets, set: RRset, at: ReadonlyMap<Name, RRset[]>) => string | { message: string; about: Name } | undefined;

/** Follows CNAMEs inside the zone. All members of a circle give the same message, so it is told once. */
function chainFault(sets: Sets, start: RRset): string | undefined {
  const seen: Name[] = [start.name];
  for (;;) {
    const link = sets.get(`${seen.at(-1)!} CNAME`);
    const target = link && hostOf('CNAME', link.entries[0]!.value);
    if (target === undefined) return undefined;
    if (target === start.name) {
      if (seen.length === 1) return `${start.name} would be an alias of itself`;
      const from = seen.indexOf(seen.toSorted()[0]!);
      return `the aliases run in a circle: ${[...seen.slice(from), ...seen.slice(0, from), seen[from]].join(' → ')}`;
    }
    if (seen.includes(target)) return undefined; // leads into a circle that its members report
    if (seen.length > MAX_CHAIN) return `a chain of aliases has more than ${MAX_CHAIN} links`;
    seen.push(target);
  }
}

const cname: Rule = (zone, sets, set, at) => {
  if (set.type !== 'CNAME') return undefined;
  if (set.name === zone) return `the top of the zone (${zone}) has SOA and NS records, so it cannot be an alias (CNAME); give it A or AAAA records`;
  const others = at.get(set.name)!.filter(({ type }) => type !== 'CNAME');
  if (others.length > 0)
    return `${set.name} has ${others.map(({ type }) => type).join(', ')} records; an alias (CNAME) must be alone at its name (RFC 1034 3.6.2)`;
  return set.entries.length > 1 ? `${set.name} can be an alias of one name only` : undefined;
};

const chain: Rule = (_zone, sets, set) => (set.type === 'CNAME' && set.entries.length === 1 ? chainFault(sets, set) : undefined);

/** The nearest delegation above or at `name`, if any. */
function delegationOf(zone: Name, sets: Sets, name: Name): Name | undefined {
  let cut: Name | undefined;
  for (let at: Name | undefined = name; at !== undefined && at !== zone && isWithin(at, zone); at = parentOf(at)) if (sets.has(`${at} NS`)) cut = at;
  return cut;
}

const ADDRESSED: ReadonlySet<string> = new Set(['MX', 'NS', 'SRV']);

const hosts: Rule = (zone, sets, set, at) => {
  if (!ADDRESSED.has(set.type)) return undefined;
  for (const { value } of set.entries) {
    const host = hostOf(set.type, value);
    if (host === undefined || !isWithin(host, zone)) continue;
    if (sets.has(`${host} CNAME`))
      return { about: host, message: `${host} is an alias (CNAME); the host of a ${set.type} record must not be one (RFC 2181 10.3)` };
    if (delegationOf(zone, sets, host) !== undefined) continue; // its addresses are another zone's, or glue, which is only advised
    if (hasAddress(zone, sets, host, at)) continue;
    return { about: host, message: `${host} has no A or AAAA record; give it one in the same change, or leave the ${set.type} record out` };
  }
  return undefined;
};

const isAddress = ({ type }: RRset): boolean => type === 'A' || type === 'AAAA';

function hasAddress(zone: Name, sets: Sets, host: Name, at: ReadonlyMap<Name, RRset[]>): boolean {
  const own = at.get(host);
  if (own) return own.some(isAddress);
  for (let above = parentOf(host); above !== undefined && isWithin(above, zone); above = parentOf(above)) {
    const wild = at.get(`*.${above}`);
    if (wild) return wild.some(isAddress);
    if (at.has(above)) return false; // the closest encloser has no wildcard below it (RFC 4592)
  }
  return false;
}

const nullMx: Rule = (_zone, _sets, set) =>
  set.type === 'MX' && set.entries.length > 1 && set.entries.some(({ value }) => value === '0 .')
    ? 'a null MX ("0 .") must be the only MX record of its name (RFC 7505)'
    : undefined;

const apexServers: Rule = (zone, sets, set) =>
  set.name === zone && set.type === 'DS' ? 'a DS record belongs into the parent zone, not to the top of its own' : undefined;

const wildcards: Rule = (_zone, _sets, set) =>
  set.name.startsWith('*.') && (set.type === 'NS' || set.type === 'DS') ? 'a wildcard cannot delegate' : undefined;

const serviceNames: Rule = (_zone, _sets, set) =>
  set.type === 'SRV' && !/^_[^.]+\._[^.]+\./.test(set.name) && !set.name.startsWith('*.')
    ? 'the name of an SRV record begins with _service._protocol, as in _sip._tcp'
    : undefined;

const sizes: Rule = (_zone, _sets, set) =>
  set.entries.length > MAX_VALUES ? `a set holds up to ${MAX_VALUES} records; this one has ${set.entries.length}` : undefined;

const RULES: readonly [Fault['slug'], Rule][] = [
  ['cname-conflict', cname],
  ['record-invalid', chain],
  ['record-invalid', hosts],
  ['record-invalid', nullMx],
  ['record-invalid', apexServers],
  ['record-invalid', wildcards],
  ['record-invalid', serviceNames],
  ['record-invalid', sizes],
];

/** Everything in a zone that breaks a rule. Adopted zones may have such things; only new ones stand against a change. */
function zoneFaults(zone: Name, sets: Sets): Fault[] {
  const at = new Map<Name, RRset[]>();
  for (const set of sets.values()) {
    const here = at.get(set.name);
    if (here) here.push(set);
    else at.set(set.name, [set]);
  }
  return [...sets.values()].flatMap((set) =>
    RULES.flatMap(([slug, rule]): Fault[] => {
      const found = rule(zone, sets, set, at);
      if (found === undefined) return [];
      return [{ slug, name: set.name, type: set.type, ...(typeof found === 'string' ? { message: found } : found) }];
    }),
  );
}

/** The faults that a change would bring. The last name server of a zone cannot be taken away, whatever else holds. */
export function newFaults(zone: Name, before: Sets, after: Sets): Fault[] {
  const key = (fault: Fault): string => `${fault.slug} ${setKey(fault)} ${fault.message}`;
  const old = new Set(zoneFaults(zone, before).map(key));
  const fresh = zoneFaults(zone, after).filter((fault) => !old.has(key(fault)));
  if (before.has(`${zone} NS`) && !after.has(`${zone} NS`)) {
    fresh.push({
      slug: 'record-invalid',
      name: zone,
      type: 'NS',
      message: `${zone} must keep at least one NS record at its top; add the new one in the same change`,
    });
  }
  return [...new Map(fresh.map((fault) => [`${fault.slug} ${fault.message}`, fault])).values()];
}
