import { hash, parseOptions, verify } from '@node-rs/argon2';
import { isImported, verifyImported } from './imports/imported.ts';

/** argon2id, 19 MiB, two passes, one lane: the OWASP minimum (Password Storage Cheat Sheet) and our default (platform.md 19). */
export const PARAMETERS = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** The same password typed on two systems can differ in bytes; NFKC makes them one (NIST SP 800-63B). */
const normal = (password: string): string => password.normalize('NFKC');

export interface Passwords {
  /** PHC string with a random salt. */
  hash: (password: string) => Promise<string>;
  /** One argon2 computation in every case, whatever form the stored hash has: against a hash that fits nothing when there is none. Never throws for a broken hash. */
  verify: (stored: string | null, password: string) => Promise<boolean>;
  /** Was it made with other parameters than today's, or elsewhere? */
  isOutdated: (stored: string) => boolean;
}

export function createPasswords(parameters: { memoryCost: number; timeCost: number; parallelism: number } = PARAMETERS): Passwords {
  const options = { ...PARAMETERS, ...parameters };
  let decoy: Promise<string> | undefined;
  return {
    hash: (password) => hash(normal(password), options),
    async verify(stored, password) {
      decoy ??= hash('no password is this one', options);
      if (stored !== null && isImported(stored)) {
        // Besides the work that everybody costs, so that an imported account does not answer sooner than none.
        const [fits] = await Promise.all([verifyImported(stored, password), verify(await decoy, normal(password)).catch(() => false)]);
        return fits;
      }
      const matched = await verify(stored ?? (await decoy), normal(password)).catch(() => false);
      return matched && stored !== null;
    },
    isOutdated(stored) {
      if (!stored.startsWith('$argon2')) return true;
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
