import { t } from '#lib/i18n.ts';
import { errorsByPointer, toProblem } from '#lib/problem.ts';
import { isAddress } from './methods.ts';
import { MIN_CHARACTERS } from './strength.ts';

export interface Entered {
  name: string;
  email: string;
  password: string;
}
const PASSWORD_PROBLEMS = new Set(['password-too-short', 'password-compromised', 'password-reused', 'password-policy']);

/** What stands beside a field: found here before sending, or told by the server. */
export function faultsOf({ name, email, password }: Entered): Partial<Entered> {
  return {
    ...(name.trim() ? {} : { name: t('auth.name.missing') }),
    ...(email.trim() === '' ? { email: t('auth.address.missing') } : isAddress(email.trim()) ? {} : { email: t('auth.address.invalid') }),
    ...([...password].length >= MIN_CHARACTERS ? {} : { password: t('newPassword.short', { min: MIN_CHARACTERS }) }),
  };
}

/** A problem of the password belongs to its field, whether or not the server says which. */
export function passwordFault(error: unknown, pointer = '/password'): string | undefined {
  if (!error) return undefined;
  const problem = toProblem(error);
  // Its detail says what to do; the word beside the field only what is wrong.
  return PASSWORD_PROBLEMS.has(problem.slug) ? (problem.body.detail ?? problem.body.title) : errorsByPointer(problem)[pointer];
}

/** What the server said beside each field; empty when its refusal belongs to none. */
export function toldOf(error: unknown): Partial<Entered> {
  if (!error) return {};
  const { '/name': name, '/email': email } = errorsByPointer(toProblem(error));
  const password = passwordFault(error);
  return { ...(name ? { name } : {}), ...(email ? { email } : {}), ...(password ? { password } : {}) };
}
