import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contextWords, weaknessOf } from './password-rules.ts';
import { createPasswords, PARAMETERS } from './passwords.ts';
import { createLane } from './sessions/lane.ts';

const cheap = { memoryCost: 64, timeCost: 1, parallelism: 1 };

describe('hashing', () => {
  test('waits its turn, so that a flood of sign-ins takes no more than the threads there are', async () => {
    let busy = 0;
    let most = 0;
    const narrow = createLane(2);
    const counting: typeof narrow = (work) =>
      narrow(async () => {
        most = Math.max(most, (busy += 1));
        return work().finally(() => void (busy -= 1));
      });
    const passwords = createPasswords(cheap, counting);
    const stored = await passwords.hash('correct staple battery');
    const verdicts = await Promise.all(
      Array.from({ length: 20 }, (_none, index) => passwords.verify(index % 2 ? stored : null, 'correct staple battery')),
    );
    expect(verdicts.filter(Boolean)).toHaveLength(10);
    expect(most).toBe(2);
  });
  test('is argon2id with 19 MiB and two passes, and never the same twice', async () => {
    const passwords = createPasswords();
    const [one, two] = [await passwords.hash('correct staple battery'), await passwords.hash('correct staple battery')];
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(two);
    expect(await passwords.verify(one, 'correct staple battery')).toBe(true);
    expect(await passwords.verify(one, 'correct staple batterz')).toBe(false);
  });
  test('without a stored hash nothing fits, not even the decoy’s own password', async () => {
    expect(await createPasswords(cheap).verify(null, 'no password is this one')).toBe(false);
  });
  test('a broken stored hash refuses instead of failing', async () => {
    for (const stored of ['', '$argon2id$', 'x'.repeat(100), '$2b$10$abcdefghijklmnopqrstuv'])
      expect(await createPasswords(cheap).verify(stored, 'whatever it may be')).toBe(false);
  });
  test('hashes of weaker parameters are known as outdated', async () => {
    const weak = await createPasswords(cheap).hash('correct staple battery');
    expect(createPasswords(cheap).isOutdated(weak)).toBe(false);
    expect(createPasswords().isOutdated(weak)).toBe(true);
    expect(PARAMETERS.memoryCost).toBeGreaterThanOrEqual(19_456);
  });
  test('the same characters composed in another way are the same password', async () => {
    const passwords = createPasswords(cheap);
    expect(await passwords.verify(await passwords.hash('pa\u0308ssliches wort'), 'p\u00e4ssliches wort')).toBe(true);
  });
});

describe('rules for new passwords', () => {
  test('platform 5: Given an 11-character password, then too short; a 12-character lower-case one passes by default', () => {
    expect(weaknessOf('vumqexahilo', [])).toBe('too-short');
    expect(weaknessOf('vumqexahilog', [])).toBeUndefined();
  });
  test('characters count, not bytes', () => {
    expect(weaknessOf('🐌🐘🦁🐍🐢🐙🦀🐠🦄🐝🐞', [])).toBe('too-short');
    expect(weaknessOf('🐌🐘🦁🐍🐢🐙🦀🐠🦄🐝🐞🦉', [])).toBeUndefined();
  });
  test('more than 1,024 bytes are refused, exactly 1,024 are not', () => {
    const long = 'mexo,tul.viq-raz;hop '.repeat(60);
    expect(weaknessOf(long.slice(0, 1024), [])).toBeUndefined();
    expect(weaknessOf(long.slice(0, 1025), [])).toBe('too-long');
  });
  test.each([
    'password1234',
    'Passw0rd!2024',
    'P@$$w0rd1234',
    'qwertyuiop123',
    '123456789012',
    'administrator1',
    'letmein-letmein',
    'abcabcabcabc',
    'aaaaaaaaaaaaaaa',
    'CorrectHorseBatteryStaple',
    'correct horse battery staple',
    'lkjhgfdsapoiuytrewq',
    'Sommer!',
    '!!Welcome2026!!',
    '1q2w3e4r5t6y',
  ])('%s is refused', (password) => expect(weaknessOf(password, [])).toMatch(/too-short|common/));
  test('a password that leans on the person, the tenant or the product is refused', () => {
    const words = contextWords('olivia@acme.example', 'Olivia Owens', 'Acme Networks');
    for (const password of ['olivia-2026-x', 'OliviaOwens12', 'acmenetworks99', 'Switchyard2026'])
      expect(weaknessOf(password, words)).toMatch(/context|common/);
    expect(weaknessOf('olivia met a purple heron', words)).toBeUndefined();
  });
  test('short words of the context do not forbid half the alphabet', () => expect(contextWords('bo@x.io', 'Al')).toEqual([]));
  test('the check ends, whatever it is given', () =>
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ maxLength: 1200 }),
          fc.string({ unit: 'grapheme', maxLength: 300 }),
          fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 1024 }),
        ),
        (password) => {
          expect([undefined, 'too-short', 'too-long', 'common', 'context']).toContain(weaknessOf(password, ['acme']));
        },
      ),
    ));
});
