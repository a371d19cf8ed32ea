import { isWithin, type Name } from '../names.ts';
import { long, name, seconds, short } from './fields.ts';
import { recordType } from './type.ts';

/** LDH and underscore (RFC 1123 2.1); the slash is for reverse zones that are delegated in parts (RFC 2317). */
const HOST = /^[a-z0-9_]([a-z0-9_/-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_/-]*[a-z0-9_])?)*$/;

function hostFault(title: string, host: Name): string | undefined {
  const shown = host.slice(0, 60);
  if (host.includes(':') || /^\d+(\.\d+){3}$/.test(host))
    return `${title} is a name, not an address; give "${shown}" an A or AAAA record and name that`;
  if (host !== '' && (!HOST.test(host) || (host.includes('/') && !host.endsWith('.arpa'))))
    return `${title} "${shown}" is not a host name: letters, digits and inner hyphens between dots`;
  return /(^|\.)\d+$/.test(host) ? `${title} "${shown}" ends in a number, as only an address does` : undefined;
}
const hostOnly = (title: string, host: Name): string | undefined => (host === '' ? `${title} cannot be the root` : hostFault(title, host));

export const CNAME = recordType<[Name]>('CNAME', 5, [name('the target')], (target) => hostOnly('the target', target));
export const NS = recordType<[Name]>('NS', 2, [name('the name server')], (host) => hostOnly('the name server', host));
export const PTR = recordType<[Name]>('PTR', 12, [name('the host')], (host) => hostOnly('the host', host));
export const MX = recordType<[number, Name]>('MX', 15, [short('the priority'), name('the mail host')], (priority, host) =>
  host === '' && priority !== 0 ? 'a null MX is written "0 ." (RFC 7505)' : hostFault('the mail host', host),
);
export const SRV = recordType<[number, number, number, Name]>(
  'SRV',
  33,
  [short('the priority'), short('the weight'), short('the port'), name('the host')],
  (_priority, _weight, _port, host) => hostFault('the host', host),
);
export const RP = recordType<[Name, Name]>('RP', 17, [name('the mailbox'), name('the name of the text')]);
export const SOA = recordType<[Name, Name, number, number, number, number, number]>('SOA', 6, [
  name('the primary server'), name('the mailbox'), long('the serial'), seconds('the refresh time'), seconds('the retry time'), seconds('the expiry'), seconds('the negative TTL'),
]); // prettier-ignore

/** The host that a record of these types leads to, from its canonical value; undefined for other types and for the root (`.`). */
export function hostOf(type: string, value: string): Name | undefined {
  if (!LEADING.has(type)) return undefined;
  const host = value.slice(value.lastIndexOf(' ') + 1, -1);
  return host === '' ? undefined : host;
}
const LEADING: ReadonlySet<string> = new Set(['CNAME', 'NS', 'MX', 'SRV']);

/** Zones in which private addresses are what one expects. */
export const isInternalZone = (zone: Name): boolean =>
  ['test', 'example', 'invalid', 'localhost', 'internal', 'local', 'home.arpa', 'lan'].some((top) => isWithin(zone, top));
