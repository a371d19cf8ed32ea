import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Problem } from '#kernel/problem.ts';
import { createBrowser, createCompany, type Company } from '#test/company.ts';
import { authLogin } from '../index.ts';
import { authResendVerification, authSignup, authVerifyEmail } from './index.ts';

const MINUTE = 60_000;
const STRANGERS = 'attacker chose this one';
const OWN = 'vumqe xahilog trip';
let company: Company;
beforeAll(async () => void (company = await createCompany()));
afterAll(() => company.close());
beforeEach(() => company.sql('delete from auth.login_attempts'));

const mailTo = (email: string) => company.mails.findLast(({ to }) => to === email)!.data as { link: string; code: string };
const tokenOf = (email: string) => mailTo(email).link.split('#token=')[1]!;
const logIn = (email: string, password: string) => company.call(authLogin, { email, password, tokenType: 'bearer' }, null).then(() => 'done', (problem: Problem) => problem.slug); // prettier-ignore
const verify = (input: object, browser = createBrowser()) => company.done(authVerifyEmail, input, null, { browser });
const refused = (input: object, browser = createBrowser()) => company.slugOf(authVerifyEmail, input, null, { browser });
const asked = async (input: object): Promise<{ proof: string; name: string; email: string; expiresAt: string }> => {
  const answer = await verify(input);
  if (answer.status !== 'password-required') throw new Error(answer.status);
  return answer;
};
/** A stranger signs up with the address of somebody else; answers the browser of the stranger. */
async function planted(email: string, more: object = {}) {
  const browser = createBrowser();
  await company.done(authSignup, { email, name: 'Mallory', password: STRANGERS, ...more }, null, { browser });
  return browser;
}
const stored = async (email: string) => (await company.sql<{ status: string; name: string; password_hash: string }>('select * from auth.users where email = $1', [email]))[0]!; // prettier-ignore

describe('an address that is confirmed elsewhere than it was signed up with', () => {
  test('by its link: the owner chooses the password, and the stranger’s never works, before or after', async () => {
    const email = 'link@victim.example';
    const stranger = await planted(email);
    const before = await stored(email);
    const { proof: token, ...shown } = await asked({ token: tokenOf(email) });
    expect(shown).toEqual({
      status: 'password-required',
      email,
      name: 'Mallory',
      expiresAt: new Date(company.clock.at.getTime() + 30 * MINUTE).toISOString(),
    });
    expect(await stored(email)).toEqual(before); // nothing counts yet
    expect(await logIn(email, STRANGERS)).toBe('email-not-verified');
    expect(await verify({ token, password: OWN, name: 'Vera Victim' })).toEqual({ status: 'verified', email });
    expect(await stored(email)).toMatchObject({ status: 'active', name: 'Vera Victim' });
    expect(await logIn(email, STRANGERS)).toBe('invalid-credentials');
    expect(await logIn(email, OWN)).toBe('done');
    const history = await company.sql<{ password_hash: string }>('select h.password_hash from auth.password_history h join auth.users u on u.id = h.user_id where u.email = $1', [email]); // prettier-ignore
    expect(history.map((row) => row.password_hash)).toEqual([(await stored(email)).password_hash]);
    expect(await company.sql('select 1 from auth.sessions s join auth.users u on u.id = s.user_id where u.email = $1 and s.amr @> $2', [email, ['email']])).toEqual([]); // prettier-ignore
    // The browser of the stranger knows nothing that is worth anything now.
    for (const input of [{ token }, { token, password: STRANGERS }, { token: 'x'.repeat(43), password: STRANGERS }])
      expect(await refused(input, stranger)).toBe('link-invalid');
  });

  test('by its code likewise: asking costs no try, and what it answers outlives the fifteen minutes of the code', async () => {
    const email = 'code@victim.example';
    await planted(email);
    const { code } = mailTo(email);
    for (let times = 0; times < 6; times += 1) await asked({ email, code });
    company.clock.pass(14 * MINUTE);
    const { proof: token } = await asked({ email, code });
    company.clock.pass(10 * MINUTE);
    expect(await refused({ email, code, password: OWN })).toBe('link-invalid');
    expect(await verify({ token, password: OWN })).toEqual({ status: 'verified', email });
    expect([await logIn(email, STRANGERS), await logIn(email, OWN)]).toEqual(['invalid-credentials', 'done']);
  });

  test('a program without cookies does both at once', async () => {
    for (const by of ['link', 'code'] as const) {
      const email = `${by}@program.example`;
      await planted(email);
      const proof = by === 'link' ? { token: tokenOf(email) } : { email, code: mailTo(email).code };
      expect(await company.done(authVerifyEmail, { ...proof, password: OWN }, null)).toEqual({ status: 'verified', email });
      expect([await logIn(email, STRANGERS), await logIn(email, OWN)]).toEqual(['invalid-credentials', 'done']);
    }
  });

  test('who signed up on a desk and confirms on a phone may choose the same password, or go back to the desk', async () => {
    const desk = await planted('same@honest.example', { password: OWN });
    const { proof: token } = await asked({ token: tokenOf('same@honest.example') });
    expect(await verify({ token, password: OWN })).toMatchObject({ status: 'verified' });
    expect(await logIn('same@honest.example', OWN)).toBe('done');
    expect(await refused({ token: tokenOf('same@honest.example') }, desk)).toBe('link-invalid');

    const other = await planted('back@honest.example', { password: OWN });
    const waits = await asked({ token: tokenOf('back@honest.example') });
    const { code } = mailTo('back@honest.example');
    expect(await verify({ email: 'back@honest.example', code }, other)).toMatchObject({ status: 'signed-in' });
    expect(await refused({ token: waits.proof, password: STRANGERS })).toBe('link-invalid');
    expect([await logIn('back@honest.example', OWN), await logIn('back@honest.example', STRANGERS)]).toEqual(['done', 'invalid-credentials']);
  });

  test.each([
    ['too short', 'vumqe xahil', 'password-too-short'],
    ['common', 'passwordpassword', 'password-compromised'],
    ['made of the name', 'hildegard1234', 'password-compromised'],
  ])('a password that is %s is refused, and nothing is used up by it', async (what, password, slug) => {
    const email = `${what.replaceAll(' ', '-')}@weak.example`;
    await planted(email);
    expect(await refused({ token: tokenOf(email), password, name: 'Hildegard Weak' })).toBe(slug);
    expect(await stored(email)).toMatchObject({ status: 'pending' });
    expect(await verify({ token: tokenOf(email), password: OWN })).toMatchObject({ status: 'verified' });
  });

  test('the token to come back with is good for half an hour, for its account alone, and is not stored', async () => {
    await planted('one@token.example');
    await planted('two@token.example');
    const [one, two] = [await asked({ token: tokenOf('one@token.example') }), await asked({ token: tokenOf('two@token.example') })];
    const [user, until, mac] = one.proof.split('.') as [string, string, string];
    const otherUser = two.proof.split('.')[0]!;
    const later = (Number.parseInt(until, 36) + 1).toString(36);
    for (const forged of [`${otherUser}.${until}.${mac}`, `${user}.${later}.${mac}`, `${user}.${until}.${'0'.repeat(64)}`, `${user}.${until}`])
      expect(await refused({ token: forged, password: OWN })).toBe('link-invalid');
    const rows = JSON.stringify(await company.sql('select to_jsonb(t) as row from auth.email_verification_tokens t'));
    expect(rows).not.toContain(mac);
    company.clock.pass(30 * MINUTE);
    expect(await refused({ token: one.proof, password: OWN })).toBe('link-invalid');
    expect(await verify({ token: tokenOf('one@token.example'), password: OWN })).toMatchObject({ status: 'verified' }); // the link still is
  });

  test('a mail that the stranger has sent again does not get in the way; a new sign-up of theirs makes another account', async () => {
    const email = 'busy@victim.example';
    await planted(email);
    const { proof: token } = await asked({ token: tokenOf(email) });
    company.clock.pass(MINUTE);
    await company.done(authResendVerification, { email }, null);
    expect(await verify({ token, password: OWN })).toMatchObject({ status: 'verified' });

    const again = 'again@victim.example';
    await planted(again);
    const waits = await asked({ token: tokenOf(again) });
    await planted(again, { password: 'attacker chose another' });
    expect(await refused({ token: waits.proof, password: OWN })).toBe('link-invalid');
    expect(await verify({ token: tokenOf(again), password: OWN })).toMatchObject({ status: 'verified' });
    expect(await logIn(again, 'attacker chose another')).toBe('invalid-credentials');
  });

  test('of ten who finish at the same moment one does, and it is their password that counts', async () => {
    const email = 'race@victim.example';
    await planted(email);
    const { proof: token } = await asked({ token: tokenOf(email) });
    const words = Array.from({ length: 10 }, (_none, index) => `${OWN} ${index}`);
    const outcomes = await Promise.all(words.map((password) => company.call(authVerifyEmail, { token, password }, null).then(() => 'done', (problem: Problem) => problem.slug))); // prettier-ignore
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);
    const opens = await Promise.all(
      [words[outcomes.indexOf('done')]!, words[(outcomes.indexOf('done') + 1) % 10]!].map((password) => logIn(email, password)),
    );
    expect(opens).toEqual(['done', 'invalid-credentials']);
  });
});
