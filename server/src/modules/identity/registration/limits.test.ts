import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Problem } from '#kernel/problem.ts';
import { sha256 } from '#kernel/ids.ts';
import { bearer, createBrowser, createCompany, type Company } from '#test/company.ts';
import { authLogin, authMe, authToken } from '../index.ts';
import { usersMeChangePassword } from '../profile/index.ts';
import { authUnlock } from './index.ts';

const MINUTE = 60_000;
let company: Company;
beforeAll(async () => void (company = await createCompany()));
afterAll(() => company.close());
beforeEach(() => company.sql('delete from auth.login_attempts'));

const wrong = (name: string, from = {}) => company.slugOf(authLogin, { email: company.login(name).email, password: 'not the password' }, null, from);
const times = async <T>(count: number, act: (index: number) => Promise<T>): Promise<T[]> => {
  const seen: T[] = [];
  for (let index = 0; index < count; index += 1) seen.push(await act(index));
  return seen;
};
const unlockMail = (to: string) => company.mails.filter((mail) => mail.to === to && mail.template === 'account-locked');
const tokenIn = (mail: { data: object } | undefined) => (mail!.data as { link: string }).link.split('#token=')[1]!;

/** As the command line signs in: the same operation, said to be from there. */
const byCommandLine = (email: string): Promise<string> =>
  company.gate
    .pass(authLogin, { email, password: 'not the password', tokenType: 'bearer' }, { surface: 'cli', credentials: null, ip: '192.0.2.1', requestId: 'cli', envelope: {} })
    .then(() => 'done', (problem: Problem) => problem.slug); // prettier-ignore

describe('locks', () => {
  test('platform 13: Given the same failures through every path that takes a password, when counted, then they share one budget', async () => {
    const { email } = company.login('olivia');
    const { token } = await company.signIn('olivia');
    const paths = [
      () => wrong('olivia'),
      () => company.slugOf(authToken, { username: email, password: 'not the password' }, null),
      () => byCommandLine(email),
      () => company.slugOf(usersMeChangePassword, { currentPassword: 'not the password', newPassword: 'vumqe xahilog trip' }, bearer(token!)),
    ];
    expect(await times(5, (index) => paths[index % paths.length]!())).toEqual(Array.from({ length: 5 }, () => 'invalid-credentials'));
    for (const path of paths) expect(await path()).toBe('locked');
  });

  test('platform 12: Given five failures for one address, when the right password follows within 15 min, then 429 `locked`; from a trusted device it works', async () => {
    const { email, password } = company.login('adam');
    const device = createBrowser();
    device.setCookie('sy_device', 'a token that only this device has', {});
    const trust = (name: string) =>
      company.idOf(name).then((id) => company.sql(`insert into auth.trusted_devices (id, user_id, device_hash, created_at, trusted_until) values (gen_random_uuid(), $1, $2, now(), now() + interval '7 days')`, [id, sha256(`a token that only ${name === 'adam' ? 'this device' : 'their device'} has`)])); // prettier-ignore
    await trust('adam');
    await trust('dana');
    await times(5, () => wrong('adam'));
    const attempt = (browser?: ReturnType<typeof createBrowser>, ip = '192.0.2.1') =>
      company.call(authLogin, { email, password, tokenType: 'bearer' }, null, { ip, ...(browser ? { browser } : {}) }).then(() => 'done', (problem: Problem) => problem.slug); // prettier-ignore
    expect(await attempt()).toBe('locked');
    const stolen = createBrowser();
    stolen.setCookie('sy_device', 'a token that only their device has', {}); // of somebody else
    expect(await attempt(stolen)).toBe('locked');
    await times(10, (index) => wrong('adam', { ip: `198.51.105.${index}` })); // now from everywhere
    expect(await attempt(undefined, '203.0.113.5')).toBe('locked');
    expect(await attempt(device, '203.0.113.5')).toBe('done');
  });

  test('a trusted device has tries of its own, not without end', async () => {
    const device = createBrowser();
    device.setCookie('sy_device', 'a token that only this device has', {});
    await times(5, () => wrong('adam'));
    const slugs = await times(6, () => wrong('adam', { browser: device }));
    expect(slugs).toEqual([...Array.from({ length: 5 }, () => 'invalid-credentials'), 'locked']);
  });

  test('with the lock of a day a mail brings a link that ends it, once; a shorter lock brings none', async () => {
    const { email, password } = company.login('vera');
    await times(10, (index) => wrong('vera', { ip: `198.51.100.${index}` }));
    expect(unlockMail(email)).toEqual([]);
    company.clock.pass(60 * MINUTE);
    await times(5, (index) => wrong('vera', { ip: `198.51.101.${index}` }));
    const attempt = () => company.call(authLogin, { email, password, tokenType: 'bearer' }, null, { ip: '203.0.113.9' }).then(() => 'done', (problem: Problem) => problem.slug); // prettier-ignore
    expect(await attempt()).toBe('locked');
    expect(unlockMail(email)).toHaveLength(1);
    const token = tokenIn(unlockMail(email)[0]);
    expect(await company.done(authUnlock, { token }, null)).toEqual({ status: 'unlocked' });
    expect(await company.slugOf(authUnlock, { token }, null)).toBe('link-invalid');
    expect(await attempt()).toBe('done');
  });

  test('a lock of an address that nobody has brings no mail', async () => {
    const before = company.mails.length;
    await times(15, async (index) => {
      if (index === 10) company.clock.pass(60 * MINUTE);
      return company.slugOf(authLogin, { email: 'ghost@acme.example', password: 'whatever it is' }, null, { ip: `198.51.102.${index}` });
    });
    expect(await company.slugOf(authLogin, { email: 'ghost@acme.example', password: 'whatever it is' }, null)).toBe('locked');
    expect(company.mails.length).toBe(before);
  });

  test('a hundred failures an hour from one network block it for an hour', async () => {
    const from = { ip: '198.51.103.7' };
    for (let round = 0; round < 5; round += 1) {
      await times(20, (index) => company.slugOf(authLogin, { email: `guess${round}-${index}@acme.example`, password: 'whatever it is' }, null, from));
      expect(await wrong('olivia', from)).toBe('network-blocked');
      if (round < 4) company.clock.pass(15 * MINUTE);
    }
    const problem = await company.refused(authLogin, company.login('olivia'), null, from).catch(() => undefined);
    expect(problem).toBeDefined();
    company.clock.pass(16 * MINUTE);
    expect(await wrong('olivia', from)).toBe('network-blocked');
    company.clock.pass(45 * MINUTE);
    expect(await wrong('olivia', from)).toBe('invalid-credentials');
  });
});

test('platform 15: Given the limiter store is down, when logging in, then half quotas apply locally and nothing is unlimited', async () => {
  const owner = new pg.Client({ connectionString: company.databaseUrl });
  await owner.connect();
  try {
    await owner.query('alter table auth.login_attempts rename to login_attempts_gone');
    const from = { ip: '198.51.104.1' };
    const { token } = await company.signIn('aldo', from);
    expect(await company.done(authMe, {}, bearer(token!))).toMatchObject({ actor: { name: 'Aldo Conti' } });
    expect(await times(3, () => wrong('aldo', from))).toEqual(['invalid-credentials', 'invalid-credentials', 'locked']);
    const guesses = await times(12, (index) =>
      company.slugOf(authLogin, { email: `guess-${index}@acme.example`, password: 'whatever it is' }, null, { ip: '198.51.104.2' }),
    );
    expect(guesses.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 'invalid-credentials'));
    expect(guesses.slice(10)).toEqual(['network-blocked', 'network-blocked']);
  } finally {
    await owner.query('alter table auth.login_attempts_gone rename to login_attempts');
    await owner.end();
  }
  expect(await wrong('aldo', { ip: '198.51.104.1' })).toBe('invalid-credentials'); // back to the shared ones
});
