import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Problem } from '#kernel/problem.ts';
import { bearer, createBrowser, createCompany, type Company } from '#test/company.ts';
import { authLogin, authMe, authRefresh, authSessionsList } from '../index.ts';
import {
  usersAvatarDelete,
  usersAvatarGet,
  usersAvatarPut,
  usersMeActivity,
  usersMeChangeEmail,
  usersMeChangePassword,
  usersMeGet,
  usersMePreferencesGet,
  usersMePreferencesUpdate,
  usersMeUpdate,
} from './index.ts';

const NEXT = 'quite another phrase';
let company: Company;
beforeAll(async () => void (company = await createCompany()));
afterAll(() => company.close());
beforeEach(() => company.sql('delete from auth.login_attempts'));

const session = async (name: string, from = {}) => bearer((await company.signIn(name, from)).token!);
const mailsTo = (email: string, template: string) => company.mails.filter((mail) => mail.to === email && mail.template === template);
const logIn = (email: string, password: string) => company.call(authLogin, { email, password, tokenType: 'bearer' }, null).then(() => 'done', (problem: Problem) => problem.slug); // prettier-ignore

/** What every tenant of a person shows of them. */
const shownOf = async (name: string) =>
  (await company.sql<{ name: string; avatar_url: string | null }>('select name, avatar_url from members where id = $1', [await company.idOf(name)]))[0]; // prettier-ignore

describe('one’s own profile', () => {
  test('shows what is known of oneself, and takes what is changed', async () => {
    const me = await session('vera');
    const before = await company.done(usersMeGet, {}, me);
    expect(before).toMatchObject({ email: 'vera@acme.example', emailVerified: true, pendingEmail: null, name: 'Vera Lind', givenName: null, locale: null, avatarUrl: null, phone: null, version: 1 }); // prettier-ignore
    const edit = { name: 'Vera Lindqvist', givenName: 'Vera', familyName: 'Lindqvist', locale: 'de-AT', zone: 'Europe/Vienna' };
    const after = await company.done(usersMeUpdate, edit, me);
    expect(after).toMatchObject({ ...edit, version: 2 });
    expect(await company.done(usersMeUpdate, { familyName: null }, me)).toMatchObject({ ...edit, familyName: null, version: 3 });
    expect(await shownOf('vera')).toMatchObject({ name: 'Vera Lindqvist' }); // every tenant shows the new name
  });

  test('an edit of a version that somebody else has changed since is refused', async () => {
    const me = await session('vera');
    const { version } = await company.done(usersMeGet, {}, me);
    const seen = { envelope: { ifMatch: String(version) } };
    await company.done(usersMeUpdate, { zone: 'Asia/Tokyo' }, me, seen);
    const problem = await company.refused(usersMeUpdate, { zone: 'Europe/Paris' }, me, seen);
    expect([problem.slug, problem.kind.status]).toEqual(['version-conflict', 412]);
  });

  test.each([
    ['the address', { email: 'boss@acme.example' }],
    ['the state', { status: 'deleted' }],
    ['the kind', { kind: 'service' }],
    ['the id', { id: crypto.randomUUID() }],
    ['the version', { version: 99 }],
    ['the verification', { emailVerified: true }],
    ['the phone', { phone: '+431234567' }],
    ['the password', { passwordHash: 'x' }],
    ['a role', { roles: ['owner'] }],
    ['a tenant', { tenantId: crypto.randomUUID() }],
    ['a prototype', JSON.parse('{"__proto__": {"admin": true}, "name": "Mallory"}') as object],
    ['a zone that is none', { zone: '../../etc/passwd' }],
    ['a name without a letter to show', { name: '   ' }],
  ])('mass assignment: %s cannot be set along with it', async (_what, more) => {
    const me = await session('aldo');
    const row = () => company.sql(`select * from auth.users where email = 'aldo@acme.example'`);
    const before = await row();
    expect(await company.slugOf(usersMeUpdate, { givenName: 'Aldo', ...more }, me)).toBe('validation-failed');
    expect(await row()).toEqual(before);
  });

  test('preferences have what nobody chose, and keep what was; a first page of another site is refused', async () => {
    const me = await session('aldo');
    expect(await company.done(usersMePreferencesGet, {}, me)).toMatchObject({ theme: 'system', dateFormat: 'locale', landingPage: '/dashboard' });
    const edit = { theme: 'dark', dateFormat: 'iso', landingPage: '/changes', locale: 'de', zone: 'Europe/Vienna' } as const;
    const after = await company.done(usersMePreferencesUpdate, edit, me);
    expect(after).toMatchObject(edit);
    expect(await company.done(usersMePreferencesUpdate, { theme: 'light' }, me)).toMatchObject({ ...edit, theme: 'light' });
    expect(await company.done(usersMeGet, {}, me)).toMatchObject({ locale: 'de', zone: 'Europe/Vienna' });
    for (const landingPage of ['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)', '/a?x=1'])
      expect(await company.slugOf(usersMePreferencesUpdate, { landingPage }, me)).toBe('validation-failed');
  });

  test('an API key shows and changes nothing of its person', async () => {
    for (const [operation, input] of [
      [usersMeGet, {}],
      [usersMeUpdate, { name: 'Key' }],
      [usersMePreferencesGet, {}],
      [usersMeActivity, {}],
      [usersMeChangeEmail, { email: 'key@acme.example' }],
      [usersMeChangePassword, { currentPassword: 'x', newPassword: NEXT }],
      [usersAvatarDelete, {}],
    ] as const)
      expect(await company.slugOf(operation, input, company.key('olivia'))).toBe('session-required');
  });
});

describe('the trail of one’s account', () => {
  test('lists what happened, the newest first, page by page, and nothing of anybody else', async () => {
    const browser = createBrowser('Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0');
    await company.slugOf(authLogin, { email: 'dana@acme.example', password: 'not the password' }, null, { ip: '198.51.100.7', browser });
    const me = await session('dana', { ip: '198.51.100.7', browser });
    await company.done(usersMeUpdate, { givenName: 'Dana' }, me);
    const first = await company.done(usersMeActivity, { limit: 2 }, me);
    expect(first.items.map(({ kind }) => kind)).toEqual(['user.updated', 'auth.login']);
    expect(first.items[1]).toMatchObject({ ip: '198.51.100.x', device: 'Firefox on Linux' });
    const rest = await company.done(usersMeActivity, { cursor: first.nextCursor! }, me);
    expect(rest.items.map(({ kind }) => kind)).toContain('auth.login_failed');
    expect(JSON.stringify([first, rest])).not.toMatch(/olivia|vera|198\.51\.100\.7"/);
    for (const cursor of ['x', Buffer.from('["no id"]').toString('base64url'), Buffer.from('[1]').toString('base64url')])
      expect(await company.slugOf(usersMeActivity, { cursor }, me)).toBe('cursor-invalid');
  });

  test('is evidence: what stands there can be neither changed nor removed', async () => {
    await expect(company.sql(`update auth.activity set kind = 'auth.logout'`)).rejects.toThrow(/append-only/);
    await expect(company.sql('delete from auth.activity')).rejects.toThrow(/append-only/);
  });

  test('platform 23: Given the session list, when read, then no field contains a token and ip addresses are masked', async () => {
    const { token } = await company.signIn('aldo', { ip: '198.51.100.23' });
    const text = JSON.stringify([await company.done(authSessionsList, {}, bearer(token!)), await company.done(usersMeActivity, {}, bearer(token!))]);
    expect(text).toContain('198.51.100.x');
    expect(text).not.toContain('198.51.100.23');
    expect(text).not.toContain(token!);
    expect(text).not.toMatch(/[0-9a-f]{64}/);
  });
});

describe('another password', () => {
  test('platform 24: Given a password change, when done, then other sessions end and refresh of them answers 401', async () => {
    const { email, password } = company.login('olivia');
    const [mine, other] = [await session('olivia'), await session('olivia')];
    const pair = await company.signIn('olivia', { tokenType: 'pair' });
    expect(await company.done(usersMeChangePassword, { currentPassword: password, newPassword: NEXT }, mine)).toEqual({ status: 'changed' });
    expect(await company.done(authMe, {}, mine)).toMatchObject({ actor: { email } }); // this one goes on
    expect(await company.slugOf(authMe, {}, other)).toBe('session-revoked');
    const refreshed = await company.refused(authRefresh, { refreshToken: pair.refreshToken }, null);
    expect([refreshed.slug, refreshed.kind.status]).toEqual(['session-revoked', 401]);
    expect(await logIn(email, password)).toBe('invalid-credentials');
    expect(await logIn(email, NEXT)).toBe('done');
    expect(mailsTo(email, 'password-changed')).toHaveLength(1);
    const { items } = await company.done(usersMeActivity, {}, mine);
    expect(items.map(({ kind }) => kind)).toContain('auth.password_changed');
    expect(await company.slugOf(usersMeChangePassword, { currentPassword: NEXT, newPassword: password }, mine)).toBe('password-reused');
    await company.done(usersMeChangePassword, { currentPassword: NEXT, newPassword: 'and a third of them' }, mine);
  });

  test('the others can be kept, on demand', async () => {
    const { password } = company.login('priya');
    const [mine, other] = [await session('priya'), await session('priya')];
    await company.done(usersMeChangePassword, { currentPassword: password, newPassword: NEXT, keepOtherSessions: true }, mine);
    expect(await company.done(authMe, {}, other)).toMatchObject({ actor: { email: 'priya@acme.example' } });
  });

  test('a wrong current one, a weak and a former one change nothing', async () => {
    const { email, password } = company.login('aldo');
    const me = await session('aldo');
    const attempt = (currentPassword: string, newPassword: string) => company.slugOf(usersMeChangePassword, { currentPassword, newPassword }, me);
    expect(await attempt('not the password', NEXT)).toBe('invalid-credentials');
    expect(await attempt(password, 'short')).toBe('password-too-short');
    expect(await attempt(password, 'Password2026!')).toBe('password-compromised');
    expect(await attempt(password, 'aldo-conti-aldo')).toBe('password-compromised');
    expect(await attempt(password, password)).toBe('password-reused');
    expect(await logIn(email, password)).toBe('done');
    expect(mailsTo(email, 'password-changed')).toEqual([]);
  });

  test('no password, old or new, is in the log, the trail or a mail', async () => {
    const me = await session('gustav');
    const { password } = company.login('gustav');
    await company.done(usersMeChangePassword, { currentPassword: password, newPassword: 'canary of a new phrase' }, me);
    await company.audit.flush();
    const kept = await company.sql<{ row: string }>('select a::text as row from auth.activity a union all select u::text from auth.users u union all select h::text from auth.password_history h'); // prettier-ignore
    const text = [...company.log, ...kept.map(({ row }) => row), ...company.mails.map((mail) => JSON.stringify(mail))].join('\n');
    for (const secret of ['canary of a new phrase', password]) expect(text).not.toContain(secret);
  });
});

describe('a picture', () => {
  const picture = async () => (await sharp({ create: { width: 80, height: 60, channels: 3, background: '#aa3300' } }).png().toBuffer()).toString('base64'); // prettier-ignore

  test('is shown to its person and to members of a common tenant, and to nobody else', async () => {
    const vera = await session('vera');
    const id = await company.idOf('vera');
    expect(await company.slugOf(usersAvatarGet, { id }, vera)).toBe('not-found');
    const { avatarUrl } = await company.done(usersAvatarPut, { image: await picture() }, vera);
    expect(avatarUrl).toMatch(new RegExp(`^/api/v1/users/${id}/avatar\\?v=[0-9a-f-]{36}$`));
    expect(await company.done(usersMeGet, {}, vera)).toMatchObject({ avatarUrl });
    for (const who of [vera, company.key('olivia'), company.key('priya')]) {
      const shown = await company.done(usersAvatarGet, { id }, who);
      expect(shown).toMatchObject({ mediaType: 'image/webp', encoding: 'base64' });
      expect(Buffer.from(shown.content, 'base64').toString('latin1', 8, 12)).toBe('WEBP');
    }
    expect(await company.slugOf(usersAvatarGet, { id }, company.key('gustav'))).toBe('not-found');
    expect(await company.slugOf(usersAvatarGet, { id }, null)).toBe('unauthenticated');
    expect(await shownOf('vera')).toMatchObject({ avatar_url: avatarUrl });
  });

  test('is replaced by the next one, under another address, and can be removed', async () => {
    const vera = await session('vera');
    const [one, two] = [await company.done(usersAvatarPut, { image: await picture() }, vera), await company.done(usersAvatarPut, { image: await picture() }, vera)]; // prettier-ignore
    expect(one.avatarUrl).not.toBe(two.avatarUrl);
    expect(await company.sql('select count(*)::int as count from auth.avatars')).toEqual([{ count: 1 }]);
    expect(await company.done(usersAvatarDelete, {}, vera)).toEqual({ removed: true });
    expect(await company.done(usersAvatarDelete, {}, vera)).toEqual({ removed: false });
    expect(await company.done(usersMeGet, {}, vera)).toMatchObject({ avatarUrl: null });
  });

  test('that is none changes nothing', async () => {
    const vera = await session('vera');
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>').toString('base64');
    expect(await company.slugOf(usersAvatarPut, { image: svg }, vera)).toBe('avatar-invalid');
    expect(await company.slugOf(usersAvatarPut, { image: 'not base64!' }, vera)).toBe('validation-failed');
    expect(await company.done(usersMeGet, {}, vera)).toMatchObject({ avatarUrl: null });
  });
});
