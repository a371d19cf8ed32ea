import { COMMON } from './common-passwords.ts';

export const MIN_CHARACTERS = 12;
export const MAX_BYTES = 1024;

/** The most that a tenant may demand: beyond it people write passwords down. */
export const MAX_DEMANDED = 64;

/** What tenants may demand of their people's passwords beyond our own rules. `classes`: every kind of character has to be in it. */
export interface PasswordPolicy {
  minLength: number;
  classes: boolean;
}
export const NO_POLICY: PasswordPolicy = { minLength: MIN_CHARACTERS, classes: false };

/** One password serves every tenant of a person, so it has to please the strictest. */
export const strictest = (policies: readonly (PasswordPolicy | undefined)[]): PasswordPolicy =>
  policies.reduce<PasswordPolicy>(
    (most, policy) => ({
      minLength: Math.min(MAX_DEMANDED, Math.max(most.minLength, policy?.minLength ?? 0)),
      classes: most.classes || (policy?.classes ?? false),
    }),
    NO_POLICY,
  );

const CLASSES: readonly (readonly [RegExp, string])[] = [
  [/\p{Ll}/u, 'a small letter'],
  [/\p{Lu}/u, 'a capital'],
  [/\p{N}/u, 'a digit'],
  [/[^\p{L}\p{N}]/u, 'another sign'],
];

/** What a password lacks of a tenant's demands, in words; empty when nothing. */
export function shortcomings(password: string, { minLength, classes }: PasswordPolicy): string[] {
  return [
    ...(lengthOf(password.normalize('NFKC')) < minLength ? [`at least ${minLength} characters`] : []),
    ...(classes ? CLASSES.filter(([kind]) => !kind.test(password)).map(([, name]) => name) : []),
  ];
}

export type Weakness = 'too-short' | 'too-long' | 'common' | 'context';

/** Characters as a person counts them, not UTF-16 units. */
const lengthOf = (password: string): number => [...password].length;

const letters = (text: string): string => text.replaceAll(/[^\p{L}]/gu, '');
const LEET: Record<string, string> = { '@': 'a', '4': 'a', '0': 'o', '1': 'i', '!': 'i', '3': 'e', '5': 's', $: 's', '7': 't' };
const unleet = (text: string): string => text.replaceAll(/[@4013!5$7]/g, (sign) => LEET[sign]!);

/** "Passw0rd!2024" is "password": people hide common words in the same few ways, so they are undone before the comparison. */
function guises(password: string): string[] {
  const lower = password.normalize('NFKC').toLowerCase();
  const core = lower.replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  const seen = [lower, letters(lower), letters(unleet(core)), letters(unleet(lower))];
  return [...seen, ...seen.map((text) => /^(.{3,}?)\1+$/su.exec(text)?.[1] ?? text)];
}

/** One short piece over and over (`abcabcabcabc`), or a run along the keys or the alphabet. */
const RUNS = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890123456789',
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertzuiopasdfghjklyxcvbnm',
  '1234567890qwertyuiop',
];
const isPattern = (password: string): boolean => {
  const lower = password.toLowerCase();
  const backwards = [...lower].reverse().join('');
  return /^(.{1,5})\1+.{0,4}$/su.test(lower) || RUNS.some((run) => run.includes(lower) || run.includes(backwards));
};

const isCommon = (password: string): boolean => guises(password).some((guise) => COMMON.has(guise)) || isPattern(password);

/** Names that an attacker tries first: of the person, the tenant and the product. */
export const contextWords = (...texts: readonly string[]): string[] => [
  ...new Set(texts.flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u)).filter((word) => word.length >= 4)),
];

function leansOn(words: readonly string[], password: string): boolean {
  const rest = words.reduce((left, word) => left.replaceAll(word, ''), password.toLowerCase());
  return rest.length < password.length && lengthOf(rest.replaceAll(/[^\p{L}\p{N}]/gu, '')) < 8;
}

/** What is wrong with a new password, if anything: length and known passwords, no composition rules (NIST SP 800-63B). */
export function weaknessOf(password: string, words: readonly string[]): Weakness | undefined {
  if (lengthOf(password.normalize('NFKC')) < MIN_CHARACTERS) return 'too-short';
  if (Buffer.byteLength(password) > MAX_BYTES) return 'too-long';
  if (isCommon(password)) return 'common';
  return leansOn(['switchyard', ...words], password) ? 'context' : undefined;
}
