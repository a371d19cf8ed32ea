import ipaddr from 'ipaddr.js';

/** Who counts as one client: an IPv4 address, or the /64 that an IPv6 customer gets. Calls without an address share one. */
export function networkOf(ip: string | null): string {
  if (ip === null || !ipaddr.isValid(ip)) return 'none';
  const address = ipaddr.process(ip); // an IPv4-mapped IPv6 address becomes IPv4
  if (address instanceof ipaddr.IPv6)
    return `${address.parts
      .slice(0, 4)
      .map((part) => part.toString(16))
      .join(':')}::/64`;
  return address.toString();
}

/** For people: enough to recognise a place by, not enough to name a line. */
export function maskedIp(ip: string | null): string | null {
  if (ip === null || !ipaddr.isValid(ip)) return null;
  const address = ipaddr.process(ip);
  return address instanceof ipaddr.IPv6 ? networkOf(ip) : address.toString().replace(/\d+$/, 'x');
}
