import type { Check } from './schemas.ts';
import type { Hello } from './verbs.ts';

const LEAST_KB = 262_144;

/** 2.0.12, as Debian 12 has it, and later ones of the second generation. */
export function isKnownBird(version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  return major === 2 && (minor > 0 || patch >= 12);
}

const one = (name: Check['name'], ok: boolean, good: string, bad: string): Check => ({ name, ok, detail: ok ? good : bad });

/** What a server that was reached still lacks to be worked with. */
export const checksOf = ({ bird, generation, current, pending, writable, freeKb }: Hello): Check[] => [
  { name: 'connection', ok: true, detail: 'It has the host key that was recorded, and takes our key.' },
  { name: 'program', ok: true, detail: 'switchyard-rs answers.' },
  one('bird', bird !== null, 'BIRD answers.', 'BIRD does not answer: see `systemctl status bird`.'),
  one('version', bird !== null && isKnownBird(bird), `BIRD ${bird}.`, `BIRD ${bird ?? 'of an unknown version'}; 2.0.12 or a later 2.x is needed.`),
  one('folder', writable, 'Generations can be written.', 'The folder of generations cannot be written: run the setup again.'),
  one('space', freeKb !== null && freeKb >= LEAST_KB, `${Math.round((freeKb ?? 0) / 1_024)} MiB are free.`, 'Less than 256 MiB are free.'),
  one(
    'configuration',
    generation !== null && generation === current,
    `BIRD has generation ${generation}, and begins with it.`,
    `BIRD has ${generation === null ? 'a configuration that is not ours' : `generation ${generation}`}, and begins with ${current === null ? 'another one' : `generation ${current}`}: see the include line of bird.conf.`,
  ),
  one('quiet', !pending, 'No reconfiguration waits for its confirmation.', 'A reconfiguration of somebody is not confirmed yet.'),
]; // prettier-ignore
