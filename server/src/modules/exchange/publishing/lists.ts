import type { Listed } from './ixf.ts';

/** What members make their own filters of. */
export const LISTS = ['as-set', 'asns', 'prefixes'] as const;
export type List = (typeof LISTS)[number];

type Participant = Listed['connections'][number]['participant'];
const active = ({ connections }: Listed, fabricId?: string): Participant[] => {
  const there = connections.filter(({ connection, fabric }) => connection.state === 'active' && (fabricId === undefined || fabric.id === fabricId));
  const byAsn = new Map(there.map(({ participant }) => [participant.asn, participant]));
  return [...byAsn.values()].toSorted((one, other) => one.asn - other.asn);
};

/** An object of the routing registry (RFC 2622): whose routes come by the route servers of a fabric. By their AS-SETs, where they have one. */
const asSet = (listed: Listed, { id, slug, name, rsAsn }: Listed['fabrics'][number]): string =>
  [
    `as-set:         AS${rsAsn}:AS-${slug.toUpperCase()}`,
    // No letters beyond those of registries.
    `descr:          ${name.replaceAll(/[^\x20-\x7e]/g, '?')}`,
    ...active(listed, id).map(({ asn, asSet: set }) => `members:        ${set ?? `AS${asn}`}`),
    '',
  ].join('\n');

const lines = (all: readonly string[]): string => all.map((line) => `${line}\n`).join('');

const TEXTS: Readonly<Record<List, (listed: Listed) => string>> = {
  'as-set': (listed) => listed.fabrics.map((fabric) => asSet(listed, fabric)).join('\n'),
  asns: (listed) => lines(active(listed).map(({ asn }) => `AS${asn}`)),
  // Of the LANs themselves: nobody else may announce these to a member.
  prefixes: ({ fabrics }) => lines(fabrics.flatMap(({ ipv6Prefix, ipv4Prefix }) => [ipv6Prefix, ...(ipv4Prefix === null ? [] : [ipv4Prefix])])),
};
export const listOf = (list: List, listed: Listed): string => TEXTS[list](listed);
