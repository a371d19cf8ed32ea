import { isWithin, parentOf, type Name } from './names.ts';
import { isPrivateAddress } from './rdata/addresses.ts';
import { hostOf, isInternalZone } from './rdata/hosts.ts';
import { LOW_TTL, textContent } from './records.ts';
import type { SetChange, SetState, Sets } from './sets.ts';

type Advice = (zone: Name, change: SetChange & { after: SetState }, sets: Sets, cuts: ReadonlySet<Name>) => string | undefined;

const valuesOf = ({ after }: { after: SetState }): string[] => after.entries.map(({ value }) => value);
const contents = (change: SetChange & { after: SetState }): string[] =>
  change.type === 'TXT' ? valuesOf(change).map((value) => textContent(value).toString('latin1')) : [];

const lowTtl: Advice = (_zone, { name, type, after, before }) =>
  after.ttl < LOW_TTL && before?.ttl !== after.ttl
    ? `${name} ${type}: a TTL of ${after.ttl} s makes resolvers ask often; ${LOW_TTL} s or more is usual`
    : undefined;

const privateAddress: Advice = (zone, change) => {
  if ((change.type !== 'A' && change.type !== 'AAAA') || isInternalZone(zone)) return undefined;
  const found = valuesOf(change).find(isPrivateAddress);
  return found && `${change.name}: ${found} cannot be reached from the Internet, and ${zone} looks public`;
};

const spf: Advice = (_zone, change) => {
  const policies = contents(change).filter((text) => /^v=spf1( |$)/i.test(text));
  if (policies.length > 1) return `${change.name}: ${policies.length} SPF policies; receivers reject all of them (RFC 7208 4.5)`;
  const lookups = policies[0]?.match(/(?:^|\s)[+?~-]?(?:include:|exists:|redirect=|(?:a|mx|ptr)(?=[\s:/]|$))/gi)?.length ?? 0;
  return lookups > 10 ? `${change.name}: the SPF policy needs ${lookups} look-ups; receivers stop at 10 (RFC 7208 4.6.4)` : undefined;
};

const dkim: Advice = (_zone, change) => {
  if (!/(^|\.)_domainkey\./.test(change.name)) return undefined;
  const broken = contents(change).find(
    (text) => !/(^|;)\s*p=[A-Za-z0-9+/=\s]*\s*(;|$)/.test(text) || (/v=/.test(text) && !/^\s*v=DKIM1\s*(;|$)/.test(text)),
  );
  return broken === undefined ? undefined : `${change.name}: not a DKIM key (RFC 6376): "v=DKIM1; p=<Base64>" is expected`;
};

const dmarc: Advice = (_zone, change) => {
  if (!change.name.startsWith('_dmarc.')) return undefined;
  const broken = contents(change).find((text) => !/^v=DMARC1\s*;\s*p=(none|quarantine|reject)\s*(;|$)/.test(text));
  return broken === undefined ? undefined : `${change.name}: not a DMARC policy (RFC 7489): "v=DMARC1; p=none|quarantine|reject" is expected`;
};

const glue: Advice = (zone, change, sets) => {
  if (change.type !== 'NS' || change.name === zone) return undefined;
  const missing = valuesOf(change)
    .map((value) => hostOf('NS', value)!)
    .find((host) => isWithin(host, change.name) && !sets.has(`${host} A`) && !sets.has(`${host} AAAA`));
  return (
    missing && `${change.name}: the name server ${missing} lies inside what it serves; without glue (an A or AAAA record here) it cannot be found`
  );
};

const hidden: Advice = (zone, { name, type }, _sets, cuts) => {
  if (['NS', 'DS', 'A', 'AAAA'].includes(type)) return undefined;
  for (let at: Name | undefined = name; at !== undefined && at !== zone && at !== ''; at = parentOf(at)) {
    if (cuts.has(at)) return `${name} ${type}: nobody will see it, because ${at} is delegated to other name servers`;
  }
  return undefined;
};

const lonelyDs: Advice = (_zone, { name, type }, sets) =>
  type === 'DS' && !sets.has(`${name} NS`) ? `${name}: a DS record without a delegation (NS) has no effect` : undefined;

const reverse: Advice = (_zone, { name, type }) =>
  type === 'PTR' && !isWithin(name, 'arpa') ? `${name}: PTR records are looked for below in-addr.arpa and ip6.arpa` : undefined;

const hostOwner: Advice = (_zone, { name, type }) =>
  (type === 'A' || type === 'AAAA' || type === 'MX') && name.includes('_')
    ? `${name} ${type}: the underscore is not allowed in host names; some servers refuse it`
    : undefined;

const ADVICE: readonly Advice[] = [lowTtl, privateAddress, spf, dkim, dmarc, glue, hidden, lonelyDs, reverse, hostOwner];
const MAX_WARNINGS = 50;

/** What is possible but probably not meant, one sentence each, for the plan. `sets` is the zone as it will be. */
export function warningsFor(zone: Name, changes: readonly SetChange[], sets: Sets): string[] {
  const cuts = new Set([...sets.values()].filter(({ type, name }) => type === 'NS' && name !== zone).map(({ name }) => name));
  const warnings: string[] = [];
  for (const change of changes) {
    const { after } = change;
    if (!after) continue;
    warnings.push(...ADVICE.map((advice) => advice(zone, { ...change, after }, sets, cuts)).filter((warning) => warning !== undefined));
    if (warnings.length > MAX_WARNINGS) return [...warnings.slice(0, MAX_WARNINGS), 'There are more warnings than are shown here.'];
  }
  return warnings;
}
