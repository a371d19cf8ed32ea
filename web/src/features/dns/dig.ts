import type { Connection } from '#features/clouds/types.ts';
import type { Zone } from './types.ts';

/** Where the zone's server listens, as far as it is told: the embedded server on its own port, another by its settings. */
export function serverOf(
  zone: Pick<Zone, 'nameservers' | 'provider'>,
  connection: Pick<Connection, 'config' | 'identity'> | undefined,
): { host: string; port: number } | null {
  const { config, identity } = connection ?? { config: {}, identity: null };
  if (typeof config['server'] === 'string') return { host: config['server'], port: typeof config['port'] === 'number' ? config['port'] : 53 };
  const told = /(\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:]+\]|localhost)[:#](\d{1,5})/i.exec(identity ?? '');
  if (told) return { host: told[1]!.replace(/^\[|\]$/g, ''), port: Number(told[2]) };
  const [first] = zone.nameservers;
  return zone.provider === 'rfc2136' && first ? { host: first, port: 53 } : null;
}

/** A line for the shell that asks the zone's own server. */
export const digLine = (server: { host: string; port: number }, name: string, type: string): string =>
  `dig @${server.host}${server.port === 53 ? '' : ` -p ${server.port}`} ${name} ${type}`;
