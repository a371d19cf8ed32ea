import { pbkdf2Sync, scryptSync } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCompany, type Company } from '#test/company.ts';
import { authLogin } from '../index.ts';

let company: Company;
beforeAll(async () => void (company = await createCompany()));
afterAll(() => company.close());

test.each([
  ['bcrypt', '$2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i', 'abc'],
  [
    'scrypt',
    `$scrypt$ln=8,r=8,p=1$c2Vhc2FsdA$${scryptSync('abc', 'seasalt', 32, { N: 256, r: 8, p: 1 }).toString('base64').replace('=', '')}`,
    'abc',
  ],
  ['pbkdf2_sha256', `pbkdf2_sha256$1000$73616c74$${pbkdf2Sync('abc', 'salt', 1000, 32, 'sha256').toString('hex')}`, 'abc'],
])('platform 27: Given a %s hash from an import, when the owner logs in, then it is replaced by argon2id', async (_name, stored, password) => {
  const { email } = company.login('vera');
  const kept = async () => (await company.sql<{ password_hash: string }>('select password_hash from auth.users where email = $1', [email]))[0]!.password_hash; // prettier-ignore
  const before = await kept();
  await company.sql('update auth.users set password_hash = $1 where email = $2', [stored, email]);
  expect(await company.slugOf(authLogin, { email, password: `${password}x` }, null)).toBe('invalid-credentials');
  expect(await kept()).toBe(stored);
  await company.signIn('vera', { password });
  expect(await kept()).toMatch(/^\$argon2id\$/);
  await company.signIn('vera', { password });
  await company.sql('update auth.users set password_hash = $1 where email = $2', [before, email]);
});
