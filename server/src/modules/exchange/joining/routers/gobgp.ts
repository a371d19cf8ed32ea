import { familiesOf, labelOf, MOST_PREFIXES, sessionsOf, type Family, type Values } from './sessions.ts';

const afi = (family: Family): string[] => [
  '  [[neighbors.afi-safis]]',
  '    [neighbors.afi-safis.config]',
  `      afi-safi-name = "ipv${family}-unicast"`,
  '    [neighbors.afi-safis.prefix-limit.config]',
  `      max-prefixes = ${MOST_PREFIXES}`,
];

/** GoBGP never asks whose the first AS is, has no word for its role, and offers IPv4 over IPv6 wherever a session over IPv6 has both families. */
export const gobgp = (values: Values): string =>
  sessionsOf(values)
    .map((session) =>
      [
        '[[neighbors]]',
        '  [neighbors.config]',
        `    neighbor-address = "${session.remote}"`,
        `    peer-as = ${values.rsAsn}`,
        `    description = "${labelOf(session)}"`,
        '  [neighbors.transport.config]',
        `    local-address = "${session.local}"`,
        ...familiesOf(session, values).flatMap(afi),
        '',
      ].join('\n'),
    )
    .join('\n');
