/** What a member's router is told, in its own values: none of them was written by anybody but us and the operator, all are numbers or addresses. */
export interface Values {
  asn: number;
  rsAsn: number;
  addressV6: string;
  /** Null where IPv4 has no sessions of its own. */
  addressV4: string | null;
  /** IPv4 routes come over the IPv6 session (RFC 8950). */
  overV6: boolean;
  routeServers: readonly { name: string; addressV6: string; addressV4: string | null }[];
}
export const PLATFORMS = ['bird', 'frr'] as const;
export type Platform = (typeof PLATFORMS)[number];

interface Session {
  name: string;
  family: 4 | 6;
  local: string;
  remote: string;
}
const sessionsOf = ({ addressV4, addressV6, routeServers }: Values): Session[] =>
  routeServers.flatMap(({ name, addressV4: theirs, addressV6: remote }) => [
    { name, family: 6 as const, local: addressV6, remote },
    ...(addressV4 !== null && theirs !== null ? [{ name, family: 4 as const, local: addressV4, remote: theirs }] : []),
  ]);

/** Symbols of BIRD hold letters, digits and underscores. */
const symbol = ({ name, family }: Session): string => `${name.replaceAll(/[^a-z0-9]/g, '_')}_v${family}`;

const birdChannel = (family: 4 | 6, overV6: boolean): string =>
  `  ipv${family} {${family === 4 && overV6 ? ' extended next hop on;' : ''} import limit 400000 action restart; import all; export where source = RTS_STATIC; };`;

/** For BIRD 2: what is announced are the static routes; a network puts its own filters in their place. */
const bird = (values: Values): string =>
  sessionsOf(values)
    .map((session) =>
      [
        `protocol bgp ${symbol(session)} {`,
        `  local ${session.local} as ${values.asn};`,
        `  neighbor ${session.remote} as ${values.rsAsn};`,
        '  local role rs_client;',
        birdChannel(session.family, false),
        ...(session.family === 6 && values.overV6 ? [birdChannel(4, true)] : []),
        '}',
        '',
      ].join('\n'),
    )
    .join('\n');

const frrFamily = (family: 4 | 6, neighbors: readonly Session[]): string[] =>
  neighbors.length === 0
    ? []
    : [
        ` address-family ipv${family} unicast`,
        ...neighbors.flatMap(({ remote }) => [`  neighbor ${remote} activate`, `  neighbor ${remote} maximum-prefix 400000 restart 15`]),
        ' exit-address-family',
      ];

/** For FRR: the first AS of a route is never that of the route server, and FRR asks that neighbour by neighbour. */
function frr(values: Values): string {
  const sessions = sessionsOf(values);
  const of = (family: 4 | 6): Session[] => sessions.filter((session) => session.family === family);
  const lines = [
    `router bgp ${values.asn}`,
    ...sessions.flatMap(({ remote, family }) => [
      ` neighbor ${remote} remote-as ${values.rsAsn}`,
      ` no neighbor ${remote} enforce-first-as`,
      ` neighbor ${remote} local-role rs-client`,
      ...(family === 6 && values.overV6 ? [` neighbor ${remote} capability extended-nexthop`] : []),
    ]),
    ...frrFamily(6, of(6)),
    ...frrFamily(4, values.overV6 ? of(6) : of(4)),
    'exit',
    '',
  ];
  return lines.join('\n');
}

export const configFor = (platform: Platform, values: Values): string => ({ bird, frr })[platform](values);
