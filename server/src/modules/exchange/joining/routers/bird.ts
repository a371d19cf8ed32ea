import { familiesOf, MOST_PREFIXES, sessionsOf, type Family, type Session, type Values } from './sessions.ts';

/** Symbols of BIRD hold letters, digits and underscores. */
const symbol = ({ name, family }: Session): string => `${name.replaceAll(/[^a-z0-9]/g, '_')}_v${family}`;

const channel = (family: Family, of: Family): string =>
  `  ipv${family} {${family === of ? '' : ' extended next hop on;'} import limit ${MOST_PREFIXES} action restart; import all; export where source = RTS_STATIC; };`;

/** For BIRD 2: what is announced are the static routes; a network puts its own filters in their place. */
export const bird = (values: Values): string =>
  sessionsOf(values)
    .map((session) =>
      [
        `protocol bgp ${symbol(session)} {`,
        `  local ${session.local} as ${values.asn};`,
        `  neighbor ${session.remote} as ${values.rsAsn};`,
        '  local role rs_client;',
        ...familiesOf(session, values).map((family) => channel(family, session.family)),
        '}',
        '',
      ].join('\n'),
    )
    .join('\n');
