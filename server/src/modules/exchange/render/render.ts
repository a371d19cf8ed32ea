import { createHash } from 'node:crypto';
import type { Ipv4Mode, RpkiMode, RtrServer } from '../schemas.ts';
import type { IrrMode } from './irr.ts';
import { peerName, peerText, sessionsOf, type Peer } from './peer.ts';
import { policyText } from './policy.ts';

/** All that the configuration of one route server is made from. Members' own words are not in it. */
export interface Desired {
  rsAsn: number;
  routerId: string;
  addressV6: string;
  addressV4: string | null;
  ipv4Mode: Ipv4Mode;
  rpkiMode: RpkiMode;
  rtrServers: readonly RtrServer[];
  irrMode?: IrrMode | undefined;
  peers: readonly Peer[];
  /** Members are told to prefer other ways (RFC 8326), since the server is about to stop. */
  drains?: boolean;
}
export interface Bundle {
  files: { path: string; content: string }[];
  sha256: string;
  /** Sessions. */
  peers: number;
}

/** Why nothing can be made of it, in words; empty when something can. BIRD itself takes two peers with one address without a word. */
export function faultsOf({ rsAsn, rpkiMode, rtrServers, ipv4Mode, addressV6, addressV4, peers }: Desired): string[] {
  const twice = (addresses: readonly string[]) => [...new Set(addresses.filter((one, at) => addresses.indexOf(one) !== at))];
  const of = (peer: Peer) => sessionsOf(peer, ipv4Mode).map(({ neighbor }) => neighbor);
  const neighbors = peers.flatMap(of);
  return [
    ...(rpkiMode === 'enforce' && rtrServers.length === 0 ? ['Invalid routes are to be refused, and no validator says which those are'] : []),
    ...(ipv4Mode === 'native' && addressV4 === null ? ['IPv4 has sessions of its own, and the route server has no IPv4 address'] : []),
    ...(ipv4Mode === 'native' ? peers.filter((peer) => peer.addressV4 === null).map((peer) => `AS${peer.asn} has no IPv4 address`) : []),
    ...twice(neighbors).map((address) => `two peers have the address ${address}`),
    ...(peers.some(({ asn }) => asn === rsAsn) ? [`a peer has the route server’s own AS${rsAsn}, with which no client of it can be`] : []),
    ...neighbors.filter((one) => one === addressV6 || one === addressV4).map((address) => `a peer has the route server’s own address ${address}`),
  ];
}

const rtrText = ({ host, port }: RtrServer, at: number): string => `protocol rpki sy_rpki${at + 1} {
  roa4 { table sy_roa4; };
  roa6 { table sy_roa6; };
  remote ${host} port ${port};
  retry keep 30; refresh keep 300; expire keep 7200;
}`;

const template = (name: string, address: string): string =>
  `template bgp ${name} { local ${address} as RS_AS; rs client; passive on; strict bind on; local role rs_server; }`;

/** Where routes are only marked, and nothing is known of anybody, there is nothing to mark. */
const irrOf = ({ irrMode = 'off', peers }: Desired): IrrMode => (irrMode === 'tag' && peers.every(({ irr }) => irr === undefined) ? 'off' : irrMode);

function baseText(desired: Desired): string {
  const { rsAsn, routerId, addressV6, addressV4, ipv4Mode, rpkiMode, rtrServers, drains = false } = desired;
  return `${[
    `router id ${routerId};`,
    'timeformat base iso long; timeformat log iso long; timeformat protocol iso long; timeformat route iso long;',
    `define RS_AS = ${rsAsn};`,
    'ipv4 table master4 sorted;',
    'ipv6 table master6 sorted;',
    'roa4 table sy_roa4;',
    'roa6 table sy_roa6;',
    'protocol device { }',
    ...rtrServers.map(rtrText),
    policyText({ rpki: rtrServers.length === 0 ? 'unchecked' : rpkiMode, irr: irrOf(desired), drains }),
    template('sy_client6', addressV6),
    ...(ipv4Mode === 'native' && addressV4 !== null ? [template('sy_client4', addressV4)] : []),
  ].join('\n')}\n`;
}

const inOrder = (one: Peer, other: Peer): number => one.asn - other.asn || (one.tag < other.tag ? -1 : 1);

/** The same bytes of the same wishes, wherever and whenever. Names and templates stay, or sessions would restart. */
export function render(desired: Desired): Bundle {
  const peers = [...desired.peers].sort(inOrder);
  const files = peers.map((peer) => ({ path: `peers/${peerName(peer)}.conf`, content: peerText(peer, desired.ipv4Mode, irrOf(desired)) }));
  const main = ['base.conf', ...files.map(({ path }) => path)].map((path) => `include "${path}";\n`).join('');
  const all = [{ path: 'main.conf', content: main }, { path: 'base.conf', content: baseText(desired) }, ...files];
  const sha256 = createHash('sha256');
  for (const { path, content } of all) sha256.update(`${path}\0${content}\0`);
  return { files: all, sha256: sha256.digest('hex'), peers: peers.flatMap((peer) => sessionsOf(peer, desired.ipv4Mode)).length };
}

/** In one file, for who installs it by hand. */
export const oneFile = ({ files, sha256 }: Bundle): string =>
  [`# ${sha256}\n`, ...files.filter(({ path }) => path !== 'main.conf').map(({ path, content }) => `\n# ${path}\n${content}`)].join('');
