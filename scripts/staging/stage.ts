import type { Config } from './config.ts';
import type { Installation } from './installation.ts';
import type { Lines } from './lines.ts';
import type { Ask } from './outside.ts';

/** What every part of the test works with. */
export interface Stage {
  config: Config;
  lines: Lines;
  installation: Installation;
  ask: Ask;
  signal: AbortSignal;
  say: (line: string) => void;
}

/** The network that the program makes, by the number in the configuration. */
export const NETWORK = 'staging-network';
/** The fabric on the ZeroTier network. */
export const FABRIC = 'staging-lan';
export const CONTROLLER = 'staging-controller';
/** Names of secrets have capital letters and no dash. */
export const SECRET = 'STAGING_ZEROTIER_TOKEN';

/** What nobody gave an account for is left to a person. */
export const byHand = (entry: string, what: string): string => `\`${entry}\` is not in the configuration. By hand: ${what}`;

/** Makes the network, unless an earlier line did. Throws when the number belongs to somebody in this installation. */
export async function requireNetwork({ config: { asn }, installation }: Stage): Promise<string> {
  const known = (await installation.all('/exchange/participants')).find((one) => one['asn'] === asn);
  if (known && known['name'] !== NETWORK)
    throw new Error(
      `AS${asn} is a network of this installation already, called "${String(known['name'])}". Give the number of a network that nobody needs there.`,
    );
  if (!known) await installation.does('POST', '/exchange/participants', { asn, name: NETWORK });
  return `AS${asn}`;
}
