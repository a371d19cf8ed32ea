import { familiesOf, MOST_PREFIXES, sessionsOf, type Family, type Session, type Values } from './sessions.ts';

const family = (of: Family, neighbors: readonly Session[]): string[] =>
  neighbors.length === 0
    ? []
    : [
        ` address-family ipv${of} unicast`,
        ...neighbors.flatMap(({ remote }) => [`  neighbor ${remote} activate`, `  neighbor ${remote} maximum-prefix ${MOST_PREFIXES} restart 15`]),
        ' exit-address-family',
      ];

/** Since version 7.4 its sessions say nothing to anybody, and take nothing, while there is no policy: who does not know looks for a fault in vain. */
const POLICY = [
  '! Nothing is taken or announced over these sessions until a route-map of yours says what, in both directions:',
  '! neighbor <address> route-map <name> in, and out. "show bgp summary" says (Policy) where one is missing.',
];

/** For FRR: the first AS of a route is never that of the route server, and FRR asks that neighbour by neighbour. */
export function frr(values: Values): string {
  const sessions = sessionsOf(values);
  const carrying = (of: Family): Session[] => sessions.filter((session) => familiesOf(session, values).includes(of));
  return [
    ...POLICY,
    `router bgp ${values.asn}`,
    ...sessions.flatMap((session) => [
      ` neighbor ${session.remote} remote-as ${values.rsAsn}`,
      ` no neighbor ${session.remote} enforce-first-as`,
      ` neighbor ${session.remote} local-role rs-client`,
      ...(session.family === 6 && values.overV6 ? [` neighbor ${session.remote} capability extended-nexthop`] : []),
    ]),
    ...family(6, carrying(6)),
    ...family(4, carrying(4)),
    'exit',
    '',
  ].join('\n');
}
