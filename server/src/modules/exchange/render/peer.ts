import type { Ipv4Mode } from '../schemas.ts';
import { peerIrrText, type IrrMode, type IrrSets } from './irr.ts';

/** One connection as a route server sees it. */
export interface Peer {
  asn: number;
  tag: string;
  addressV6: string;
  addressV4: string | null;
  suspended: boolean;
  roleStrict: boolean;
  maxPrefixesV4: number | null;
  maxPrefixesV6: number | null;
  /** What registries say of it; absent while nothing is known. */
  irr?: IrrSets | undefined;
}

/** Part of every name: it stays the same over the life of the connection, or its sessions would restart. */
export const peerName = ({ asn, tag }: Pick<Peer, 'asn' | 'tag'>): string => `as${asn}_${tag}`;

const DEFAULT_LIMIT = 1_000;
/** What a network announces and a fifth above; what comes in before filters may be five times as much. */
export function limitsOf(announced: number | null): { imported: number; received: number } {
  const imported = announced === null ? DEFAULT_LIMIT : Math.max(50, Math.floor(announced * 1.2) + 10);
  return { imported, received: imported * 5 };
}

interface Channel {
  family: 4 | 6;
  extended: boolean;
}

function channelText(peer: Peer, { family, extended }: Channel): string {
  const { imported, received } = limitsOf(family === 6 ? peer.maxPrefixesV6 : peer.maxPrefixesV4);
  const name = peerName(peer);
  return `  ipv${family} {
    table master${family}; secondary; ${extended ? 'extended next hop on; ' : ''}import table on; import keep filtered on;
    import filter sy_in_${name}; export filter sy_out_${name};
    import limit ${imported} action restart; receive limit ${received} action restart;
  };`;
}

interface Session {
  name: string;
  template: string;
  neighbor: string;
  channels: readonly Channel[];
}

function sessionText(peer: Peer, { name, template, neighbor, channels }: Session): string {
  const lines = [
    `  description "AS${peer.asn} connection ${peer.tag}";`,
    `  neighbor ${neighbor} as ${peer.asn};`,
    ...(peer.suspended ? ['  disabled;'] : []),
    ...(peer.roleStrict ? ['  require roles on;'] : []),
    ...channels.map((channel) => channelText(peer, channel)),
  ];
  return `protocol bgp ${name} from ${template} {\n${lines.join('\n')}\n}`;
}

/** The sessions with a peer: one over IPv6, and one of its own for IPv4 where the fabric has it so. */
export function sessionsOf(peer: Peer, mode: Ipv4Mode): Session[] {
  const name = `sy_${peerName(peer)}`;
  const over = mode === 'rfc8950' ? [{ family: 4, extended: true } as const] : [];
  const six = { name, template: 'sy_client6', neighbor: peer.addressV6, channels: [{ family: 6, extended: false } as const, ...over] };
  if (mode !== 'native' || peer.addressV4 === null) return [six];
  return [six, { name: `${name}_v4`, template: 'sy_client4', neighbor: peer.addressV4, channels: [{ family: 4, extended: false }] }];
}

/** The looks at a route in the order of their reasons: the route itself, the registries, its origin. */
function importText(peer: Peer, irr: IrrMode): string {
  const name = peerName(peer);
  if (irr === 'off') return `filter sy_in_${name} { if !sy_in(${peer.asn}) then reject; accept; }`;
  const looks = [`sy_checked(${peer.asn})`, `sy_irr_${name}()`, 'sy_rov()'].map((look) => `if !${look} then reject;`).join(' ');
  return `${peerIrrText(name, peer.irr, irr)}filter sy_in_${name} { ${looks} accept; }`;
}

export const peerText = (peer: Peer, mode: Ipv4Mode, irr: IrrMode): string => {
  const name = peerName(peer);
  return `${importText(peer, irr)}
filter sy_out_${name} { if !sy_out(${peer.asn}) then reject; accept; }
${sessionsOf(peer, mode)
  .map((session) => sessionText(peer, session))
  .join('\n')}
`;
};
