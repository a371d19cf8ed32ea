import { AsyncLocalStorage } from 'node:async_hooks';
import pg from 'pg';
import { ROLES } from '#kernel/database.ts';
import type { Passwords } from '#modules/identity/passwords.ts';

const effort = new AsyncLocalStorage<string[]>();

/** What was asked of the driver, as text; its values are apart from it. */
const textOf = (query: unknown): string => (typeof query === 'string' ? query : String((query as { text?: unknown }).text));

/**
 * Writes down what a call has done: each statement it has sent, in order, and each password that was looked at. Two calls with the same list
 * are of one class of time on any machine, which no clock can say on a busy one. What goes on beside them is not in it, nor what is
 * asked as the probe, behind the caller's back.
 */
export function watchEffort(passwords: Passwords): { of: <T>(work: () => Promise<T>) => Promise<{ result: T; done: string[] }>; stop: () => void } {
  const { query } = pg.Client.prototype;
  const { verify } = passwords;
  pg.Client.prototype.query = function (this: pg.Client & { user?: string }, ...given: unknown[]) {
    if (this.user !== ROLES.probe) effort.getStore()?.push(textOf(given[0]));
    return (query as (...all: unknown[]) => unknown).apply(this, given);
  } as typeof query;
  passwords.verify = (stored, password) => (effort.getStore()?.push('argon2id'), verify(stored, password));
  return {
    async of(work) {
      const done: string[] = [];
      const result = await effort.run(done, work);
      return { result, done: [...done] }; // what follows the answer is not waited for by anybody
    },
    stop() {
      pg.Client.prototype.query = query;
      passwords.verify = verify;
    },
  };
}
