import { labelOf, MOST_PREFIXES, sessionsOf, type Session, type Values } from './sessions.ts';

const LACKS_IPV4 = '# IPv4 comes over the IPv6 sessions here (RFC 8950). Where your version can do that, let afi be ip,ipv6.';
const INSTANCE = 'switchyard';

const connection = (session: Session, { rsAsn }: Values): string =>
  [
    `add name=${labelOf(session)} instance=${INSTANCE} afi=${session.family === 6 ? 'ipv6' : 'ip'}`,
    `local.address=${session.local} local.role=ebgp-rs-client`,
    `remote.address=${session.remote} remote.as=${rsAsn}`,
    `input.limit-process-routes-ipv${session.family}=${MOST_PREFIXES}`,
  ].join(' ');

/** For RouterOS from 7.20 on, where instances have the AS number. It does not ask whose the first AS is. */
export const routeros = (values: Values): string =>
  [
    '# RouterOS 7.20 or later. Nothing is announced until output.network names an address list with your prefixes.',
    ...(values.overV6 ? [LACKS_IPV4] : []),
    '/routing/bgp/instance',
    `add name=${INSTANCE} as=${values.asn}`,
    '/routing/bgp/connection',
    ...sessionsOf(values).map((session) => connection(session, values)),
    '',
  ].join('\n');
