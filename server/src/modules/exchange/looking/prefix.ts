import ipaddr from 'ipaddr.js';
import { addressOf, prefixOf } from '../addresses.ts';
import type { Route } from './routes.ts';

export interface Searched {
  /** As it is written. */
  prefix: string;
  /** As the program on the server takes it: family, bytes of the address in hex, length. */
  words: string;
}

/** What somebody looks for: a prefix, or an address as the longest of all prefixes; undefined when it is neither. */
export function searchedOf(text: string): Searched | undefined {
  const wanted = text.trim();
  const family = wanted.includes(':') ? 6 : 4;
  const written = wanted.includes('/') ? wanted : `${wanted}/${family === 6 ? 128 : 32}`;
  if (addressOf(written.split('/')[0]!, family) === undefined) return undefined;
  const found = prefixOf(written, family);
  if ('fault' in found) return undefined;
  const [address, length] = ipaddr.parseCIDR(found.prefix);
  return { prefix: found.prefix, words: `${family} ${Buffer.from(address.toByteArray()).toString('hex')} ${length}` };
}

/** Whether a route is for this prefix or for one that lies in it, or, for an address, whether it leads there. */
export function concerns({ prefix }: Pick<Route, 'prefix'>, { prefix: searched }: Searched): boolean {
  try {
    const [one, other] = [ipaddr.parseCIDR(prefix), ipaddr.parseCIDR(searched)] as [[ipaddr.IPv6, number], [ipaddr.IPv6, number]];
    if (one[0].kind() !== other[0].kind()) return false;
    const isHost = other[1] === (other[0].kind() === 'ipv6' ? 128 : 32);
    return isHost ? other[0].match(one) : one[1] >= other[1] && one[0].match(other);
  } catch {
    return false;
  }
}
