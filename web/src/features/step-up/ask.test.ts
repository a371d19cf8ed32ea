import { afterEach, expect, test } from 'vitest';
import { Problem } from '#lib/problem.ts';
import { asked, askForProof } from './ask.ts';

const refused = (factors?: unknown) => new Problem({ type: 'x/step-up-required', title: 'Prove it', status: 401, ...(factors ? { factors } : {}) });
afterEach(() => asked.get()?.settle(false));

test('calls that are refused together share one question and its answer', async () => {
  const first = askForProof(refused(['totp', 'password']));
  const second = askForProof(refused(['totp']));
  expect(asked.get()?.factors).toEqual(['totp', 'password']);
  asked.get()!.settle(true);
  expect(await Promise.all([first, second])).toEqual([true, true]);
  expect(asked.get()).toBeNull();
});

test('whoever gives up is asked again by the next call', async () => {
  const first = askForProof(refused(['totp']));
  asked.get()!.settle(false);
  expect(await first).toBe(false);
  const second = askForProof(refused(['webauthn']));
  expect(asked.get()?.factors).toEqual(['webauthn']);
  asked.get()!.settle(true);
  expect(await second).toBe(true);
});

test('a refusal that names no proof is answered with the password', async () => {
  const answer = askForProof(refused());
  expect(asked.get()?.factors).toEqual(['password']);
  asked.get()!.settle(false);
  expect(await answer).toBe(false);
});
