import ipaddr from 'ipaddr.js';
import { Problem } from '#kernel/problem.ts';

type Family = 4 | 6;

/** The prefix as it is written (RFC 5952), or what is wrong with it. */
export function prefixOf(text: string, family: Family): { prefix: string } | { fault: string } {
  try {
    const [address, length] = ipaddr.parseCIDR(text);
    if (address.kind() !== `ipv${family}`) return { fault: `is not a prefix of IPv${family}` };
    const network = family === 6 ? ipaddr.IPv6.networkAddressFromCIDR(text) : ipaddr.IPv4.networkAddressFromCIDR(text);
    if (network.toString() !== address.toString()) return { fault: `has bits beyond its length; did you mean ${network.toString()}/${length}?` };
    return { prefix: `${address.toString()}/${length}` };
  } catch {
    return { fault: 'is not a prefix such as 2001:db8:100::/64' };
  }
}

/** The address as it is written (RFC 5952), or nothing when it is none of this family. */
export function addressOf(text: string, family: Family): string | undefined {
  // ipaddr.js takes shorthands of IPv4 such as 10.1 and octal digits; an address has four numbers here.
  const shaped = family === 4 ? /^(0|[1-9]\d{0,2})(\.(0|[1-9]\d{0,2})){3}$/.test(text) : text.includes(':') && !text.includes('%');
  if (!shaped || !ipaddr.isValid(text)) return undefined;
  const address = ipaddr.parse(text);
  return address.kind() === `ipv${family}` ? address.toString() : undefined;
}

const isEdge = (address: ipaddr.IPv4 | ipaddr.IPv6, text: string): boolean => {
  if (address instanceof ipaddr.IPv6) return address.toString() === ipaddr.IPv6.networkAddressFromCIDR(text).toString();
  const [network, broadcast] = [ipaddr.IPv4.networkAddressFromCIDR(text), ipaddr.IPv4.broadcastAddressFromCIDR(text)];
  return [network.toString(), broadcast.toString()].includes(address.toString());
};

/** Why a host may not have this address on a LAN with this prefix; undefined when it may. */
export function misplaced(address: string, prefix: string): string | undefined {
  const parsed = ipaddr.parse(address);
  const range = ipaddr.parseCIDR(prefix) as [ipaddr.IPv4, number];
  if (parsed.kind() !== range[0].kind() || !(parsed as ipaddr.IPv4).match(range)) return `is not within ${prefix}`;
  return isEdge(parsed, prefix) ? `is the address of the network ${prefix} itself, or of all hosts in it` : undefined;
}

export const invalid = (operation: string, pointer: string, message: string): Problem =>
  new Problem('validation-failed', `${operation}: ${pointer} ${message}.`, { errors: [{ pointer, message }] });

/** Checked and as it is stored: an address on the LAN of the fabric, or a problem that points at the field. */
export function requireAddress(operation: string, pointer: string, text: string, family: Family, prefix: string): string {
  const address = addressOf(text, family);
  if (address === undefined) throw invalid(operation, pointer, `is not an address of IPv${family}`);
  const fault = misplaced(address, prefix);
  if (fault !== undefined) throw invalid(operation, pointer, fault);
  return address;
}

export function requirePrefix(operation: string, pointer: string, text: string, family: Family): string {
  const found = prefixOf(text, family);
  if ('fault' in found) throw invalid(operation, pointer, found.fault);
  return found.prefix;
}
