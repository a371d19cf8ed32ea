import { Problem } from '#kernel/problem.ts';
import { contextWords, MIN_CHARACTERS, NO_POLICY, shortcomings, weaknessOf, type PasswordPolicy, type Weakness } from '../password-rules.ts';
import type { Breaches } from './breaches.ts';

const at = (message: string) => ({ errors: [{ pointer: '/password', message }] });

const REFUSALS: Record<Weakness, () => Problem> = {
  'too-short': () =>
    new Problem('password-too-short', `The password has fewer than ${MIN_CHARACTERS} characters.`, at(`At least ${MIN_CHARACTERS} characters`)),
  'too-long': () => new Problem('validation-failed', 'The password has more than 1,024 bytes.', at('At most 1,024 bytes')),
  common: () => new Problem('password-compromised', 'The password is a common one or a simple pattern. Choose another.', at('Too common')),
  context: () => new Problem('password-compromised', 'The password leans on a name that is easy to guess. Choose another.', at('Too easy to guess')),
};

/** `texts`: names that it must not lean on. Throws `password-too-short`, `password-compromised`, `password-policy` or `validation-failed`. */
export function requireStrong(password: string, texts: readonly string[], policy: PasswordPolicy = NO_POLICY): void {
  const weakness = weaknessOf(password, contextWords(...texts));
  if (weakness) throw REFUSALS[weakness]();
  const lacks = shortcomings(password, policy);
  if (lacks.length > 0) throw new Problem('password-policy', `A tenant of yours demands of a password: ${lacks.join('; ')}.`, at(lacks.join('; ')));
}

/** Answers when the list was asked, null when it could not be. Throws `password-compromised`. */
export async function requireUnleaked(breaches: Breaches, password: string, now: Date): Promise<Date | null> {
  const found = await breaches.contains(password);
  if (found)
    throw new Problem(
      'password-compromised',
      'The password is known from a leak elsewhere. Choose one that you use nowhere else.',
      at('Known from a leak'),
    );
  return found === undefined ? null : now;
}
