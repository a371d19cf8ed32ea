import { randomBytes } from 'node:crypto';
import { FACTORS } from './rules.ts';

/** RFC 4648 base32: no 0, 1, 8 or 9 that could be read as something else. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** 40 random bits: eight characters in two groups, to be typed from paper. */
const mintCode = (): string => {
  const letters = [...randomBytes(8)].map((byte) => ALPHABET[byte & 31]).join('');
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
};

/** Ten different codes. */
export function mintBackupCodes(): string[] {
  const codes = new Set<string>();
  while (codes.size < FACTORS.backup.count) codes.add(mintCode());
  return [...codes];
}

/** The code as it was minted, however it was typed; undefined for what cannot be one. */
export function readBackupCode(typed: string): string | undefined {
  const letters = typed.toUpperCase().replaceAll(/[\s-]/g, '');
  return /^[A-Z2-7]{8}$/.test(letters) ? `${letters.slice(0, 4)}-${letters.slice(4)}` : undefined;
}
