import { hash, parseOptions, verify } from '@node-rs/argon2';

/** argon2id, 19 MiB, two passes, one lane: the OWASP minimum (Password Storage Cheat Sheet) and our default (platform.md 19). */
export const PARAMETERS = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** The same password typed on two systems can differ in bytes; NFKC makes them one (NIST SP 800-63B). */
const normal = (password: string): string => password.normalize('NFKC');

export interface Passwords {
  /** PHC string with a random salt. */
  hash: (password: string) => Promise<string>;
  /** One argon2 computation in every case: against a hash that fits nothing when there is none. Never throws for a broken hash. */
  verify: (stored: string | null, password: string) => Promise<boolean>;
  /** Was it made with other parameters than today's? */
  isOutdated: (stored: string) => boolean;
}

export function createPasswords(parameters: { memoryCost: number; timeCost: number; parallelism: number } = PARAMETERS): Passwords {
  const options = { ...PARAMETERS, ...parameters };
  let decoy: Promise<string> | undefined;
  return {
    hash: (password) => hash(normal(password), options),
    async verify(stored, password) {
      decoy ??= hash('no password is this one', options);
      const matched = await verify(stored ?? (await decoy), normal(password)).catch(() => false);
      return matched && stored !== null;
    },
    isOutdated(stored) {
      const made = parseOptions(stored);
      return (
        made.memoryCost !== options.memoryCost ||
        made.timeCost !== options.timeCost ||
        made.parallelism !== options.parallelism ||
        !stored.startsWith('$argon2id$')
      );
    },
  };
}
