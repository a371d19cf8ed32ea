import { hash, parseOptions, verify } from '@node-rs/argon2';
import { isImported, verifyImported } from './imports/imported.ts';
import { createLane } from './sessions/lane.ts';

/** argon2id, 19 MiB, two passes, one lane: the OWASP minimum (Password Storage Cheat Sheet) and our default (platform.md 19). */
export const PARAMETERS = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** The same password typed on two systems can differ in bytes; NFKC makes them one (NIST SP 800-63B). */
const normal = (password: string): string => password.normalize('NFKC');

export interface Passwords {
  /** PHC string with a random salt. */
  hash: (password: string) => Promise<string>;
  /** One argon2 computation in every case, whatever form the stored hash has: against a hash that fits nothing when there is none. Never throws for a broken hash; `dependency-unavailable` when too many wait. */
  verify: (stored: string | null, password: string) => Promise<boolean>;
  /** Was it made with other parameters than today's, or elsewhere? */
  isOutdated: (stored: string) => boolean;
}

/** As many as there are threads for it: a flood of sign-ins waits here, and after ten seconds is told to come back. */
const AT_ONCE = 4;
type Lane = ReturnType<typeof createLane>;

export function createPasswords(
  parameters: { memoryCost: number; timeCost: number; parallelism: number } = PARAMETERS,
  inLane: Lane = createLane(AT_ONCE),
): Passwords {
  const options = { ...PARAMETERS, ...parameters };
  let decoy: Promise<string> | undefined;
  async function verified(stored: string | null, password: string): Promise<boolean> {
    decoy ??= hash('no password is this one', options);
    if (stored !== null && isImported(stored)) {
      // Besides the work that everybody costs, so that an imported account does not answer sooner than none.
      const [fits] = await Promise.all([verifyImported(stored, password), verify(await decoy, normal(password)).catch(() => false)]);
      return fits;
    }
    const matched = await verify(stored ?? (await decoy), normal(password)).catch(() => false);
    return matched && stored !== null;
  }
  return {
    hash: (password) => inLane(() => hash(normal(password), options)),
    verify: (stored, password) => inLane(() => verified(stored, password)),
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
