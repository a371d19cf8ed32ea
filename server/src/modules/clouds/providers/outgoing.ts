import { lookup } from 'node:dns/promises';
import ipaddr from 'ipaddr.js';
import { addressFault } from '#kernel/outbound.ts';
import { Problem } from '#kernel/problem.ts';
import '../problems.ts';
import type { OutgoingHosts } from '../validation.ts';

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
