import { randomInt } from 'node:crypto';
import type { Generator } from './schemas.ts';

const SMALL = 'abcdefghijklmnopqrstuvwxyz';
const LETTERS = SMALL.toUpperCase() + SMALL;
const DIGITS = '0123456789';

/** Of punctuation, what shells, URLs and connection strings need no escape for is left; quotes, `$`, `\` and the like are not. */
const CHARACTERS: Record<Generator['alphabet'], string> = {
  alphanumeric: LETTERS + DIGITS,
  letters: LETTERS,
  digits: DIGITS,
  hex: `${DIGITS}abcdef`,
  base64url: `${LETTERS}${DIGITS}-_`,
  symbols: `${LETTERS}${DIGITS}-_.~!*+,=^`,
};

/** A value of so many characters, each as likely as the others (`randomInt` draws without bias). */
export function generateValue({ length, alphabet }: Generator, draw: (below: number) => number = randomInt): string {
  const characters = CHARACTERS[alphabet];
  return Array.from({ length }, () => characters[draw(characters.length)]!).join('');
}

/** Entropy in bits, to tell people how strong a choice is. */
export const bitsOf = ({ length, alphabet }: Generator): number => Math.floor(length * Math.log2(CHARACTERS[alphabet].length));
