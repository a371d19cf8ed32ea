import { lookup } from 'node:dns/promises';
import ipaddr from 'ipaddr.js';
import { Problem } from '#kernel/problem.ts';
import '../problems.ts';
import type { OutgoingHosts } from '../validation.ts';

/** Never, whatever the platform allows: they hand out credentials of the machine we run on. */
const METADATA: ReadonlySet<string> = new Set(['169.254.169.254', 'fd00:ec2::254', '100.100.100.200', '168.63.129.16']);
/** What a laboratory may allow. */
const LAB: ReadonlySet<string> = new Set(['private', 'loopback', 'uniqueLocal', 'carrierGradeNat']);

/** Why an address must not be called, or null. `range` names are those of ipaddr.js. */
export function addressFault(text: string, allowPrivate: boolean): string | null {
  if (!ipaddr.isValid(text)) return 'it is not an address';
  const address = ipaddr.process(text); // an IPv4 address mapped into IPv6 counts as what it is
  if (METADATA.has(address.toString())) return 'it is the metadata address of a cloud';
  const range = address.range();
  if (range === 'unicast') return null;
  if (allowPrivate && LAB.has(range)) return null;
  return `it is ${LAB.has(range) ? `a ${range} address, which this installation does not allow` : `of range ${range}`}`;
}

const resolve = async (host: string): Promise<string[]> =>
  ipaddr.isValid(host) ? [host] : (await lookup(host, { all: true })).map(({ address }) => address);

/** Every address of the name must be allowed; the first is the one to use. */
export const outgoingHosts = ({
  allowPrivate,
  look = resolve,
}: {
  allowPrivate: boolean;
  look?: (host: string) => Promise<string[]>;
}): OutgoingHosts => ({
  async pin(host) {
    const addresses = await look(host).catch(() => []);
    if (addresses.length === 0) throw new Problem('host-not-allowed', `The name "${host}" has no address.`);
    for (const address of addresses) {
      const fault = addressFault(address, allowPrivate);
      if (fault) throw new Problem('host-not-allowed', `"${host}" leads to ${address}, and ${fault}.`);
    }
    return addresses[0]!;
  },
});
