import { labelOf, MOST_PREFIXES, sessionsOf, type Session, type Values } from './sessions.ts';

const WORDS = ['# Say that you are a client of a route server (RFC 9234) with the one of these that your version knows:', '#   role rs-client', '#   announce policy rs-client', '# Nothing is taken or announced until rules such as "allow from AS" and "allow to AS" say so.'] as const; // prettier-ignore
const LACKS_IPV4 = '# IPv4 comes over the IPv6 sessions here (RFC 8950). OpenBGPD forwards nothing by such routes, so these are for IPv6 alone.';

const neighbor = (session: Session, { rsAsn }: Values): string =>
  [
    `neighbor ${session.remote} {`,
    `  descr "${labelOf(session)}"`,
    `  remote-as ${rsAsn}`,
    `  local-address ${session.local}`,
    `  announce IPv4 ${session.family === 4 ? 'unicast' : 'none'}`,
    `  announce IPv6 ${session.family === 6 ? 'unicast' : 'none'}`,
    '  enforce neighbor-as no',
    `  max-prefix ${MOST_PREFIXES} restart 15`,
    '}',
    '',
  ].join('\n');

/** For bgpd.conf, without the words for roles, of which each version knows its own only. */
export const openbgpd = (values: Values): string =>
  [[...WORDS, ...(values.overV6 ? [LACKS_IPV4] : []), ''].join('\n'), ...sessionsOf(values).map((session) => neighbor(session, values))].join('\n');
