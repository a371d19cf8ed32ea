import { readFileSync } from 'node:fs';

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

/** Of the program at the other end that this installation speaks with. */
export const HELPER_VERSION = 1;

/** All that turns a stock Debian host into this route server, in one script. */
export const setupScript = ({ publicKey, routerId }: { publicKey: string; routerId: string }): string =>
  read('./setup.sh')
    .replace('@HELPER@', () => read('./switchyard-rs.sh'))
    .replace('@PUBLIC_KEY@', () => publicKey)
    .replace('@ROUTER_ID@', () => routerId);
