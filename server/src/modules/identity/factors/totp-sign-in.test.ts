import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Problem } from '#kernel/problem.ts';
import { bearer, createCompany, type Company } from '#test/company.ts';
import { tokenOf, withFactors, type App } from '#test/factors.ts';
import { authSession } from '../index.ts';
import { authMfaSendChallenge } from '../operations/auth.mfa.sendChallenge.ts';
import { authStepUp } from '../operations/auth.stepUp.ts';
import { forgetDevices } from './device-store.ts';

const MINUTE = 60_000;
let company: Company;
let factors: ReturnType<typeof withFactors>;
beforeAll(async () => {
  company = await createCompany();
  factors = withFactors(company);
});
afterAll(() => company.close());
beforeEach(() => factors.freshTries());

const now = (): Date => company.clock.at;

describe('signing in with one', () => {
  let app: App;
  let backupCodes: string[];
  beforeEach(async () => {
    await factors.stripped('dana');
    ({ app, backupCodes } = await factors.enrolApp('dana'));
  });

  test('the password alone opens nothing; with a code there is a session of level 2', async () => {
    const sessions = () => company.sql<{ n: number }>('select count(*)::int as n from auth.sessions');
    const before = await sessions();
    const challenge = await factors.asked('dana');
    expect(challenge).toMatchObject({ status: 'mfa-required', mfaRequired: true, factors: ['totp', 'backup'] });
    expect(await sessions()).toEqual(before);
    const signed = await factors.answer(challenge.challengeId, app.code(now()));
    expect(signed).toMatchObject({ status: 'signed-in', user: { email: 'dana@acme.example' }, tenant: { slug: 'acme' } });
    expect(await company.done(authSession, {}, bearer(tokenOf(signed)))).toMatchObject({ level: 2, methods: ['pwd', 'otp', 'mfa'], factors: ['totp', 'backup'] }); // prettier-ignore
    const trail = await company.sql(`select kind from auth.activity where user_id = $1 order by id desc limit 1`, [await company.idOf('dana')]);
    expect(trail).toEqual([{ kind: 'auth.login' }]);
  });

  test('platform 29: Given a TOTP code used once, when used again in the same 30 s or ± 1 window, then 401', async () => {
    const code = app.code(now());
    await factors.answer((await factors.asked('dana')).challengeId, code);
    for (const later of [0, 29_000, 25_000]) {
      company.clock.pass(later);
      const again = await factors.refuse((await factors.asked('dana')).challengeId, code);
      expect([again.slug, again.kind.status]).toEqual(['mfa-invalid', 401]);
    }
    company.clock.pass(30_000);
    const [early, old] = [app.code(new Date(now().getTime() + 30_000)), app.code(now())];
    // Of the window ahead it is taken once; then neither it nor an earlier one is, while both would still be in the window.
    await factors.answer((await factors.asked('dana')).challengeId, early);
    for (const used of [old, early]) expect((await factors.refuse((await factors.asked('dana')).challengeId, used)).slug).toBe('mfa-invalid');
    company.clock.pass(30_000);
    expect((await factors.refuse((await factors.asked('dana')).challengeId, early)).slug).toBe('mfa-invalid');
    company.clock.pass(30_000);
    await factors.answer((await factors.asked('dana')).challengeId, app.code(now()));
  });

  test('platform 30: Given one code sent five times in parallel, when checked, then exactly one succeeds; the same for one backup code', async () => {
    const outcomes = async (ids: readonly string[], factor: string, code: string) =>
      (
        await Promise.all(
          ids.map((id) =>
            factors.answer(id, code, { factor }).then(
              () => 'in',
              (problem: Problem) => problem.slug,
            ),
          ),
        )
      ).toSorted();
    const several = async () => (await Promise.all([0, 1, 2, 3, 4].map(() => factors.asked('dana')))).map(({ challengeId }) => challengeId);
    const { challengeId } = await factors.asked('dana');
    const same = [0, 1, 2, 3, 4].map(() => challengeId);
    expect(await outcomes(same, 'totp', app.code(now()))).toEqual([...Array<string>(4).fill('challenge-expired'), 'in']);
    company.clock.pass(30_000);
    await factors.freshTries();
    expect(await outcomes(await several(), 'totp', app.code(now()))).toEqual(['in', ...Array<string>(4).fill('mfa-invalid')]);
    await factors.freshTries();
    expect(await outcomes(await several(), 'backup', backupCodes[0]!)).toEqual(['in', ...Array<string>(4).fill('mfa-invalid')]);
    expect(await company.sql(`select count(*)::int as n from auth.mfa_backup_codes where used_at is not null`)).toEqual([{ n: 1 }]);
  });

  test('a challenge lets in once, even when different proofs of it arrive together; those that lose are not used up', async () => {
    const { challengeId } = await factors.asked('dana');
    const proofs = [['totp', app.code(now())], ...backupCodes.slice(0, 3).map((code) => ['backup', code])] as [string, string][];
    const outcomes = await Promise.allSettled(proofs.map(([factor, code]) => factors.answer(challengeId, code, { factor })));
    const slugs = outcomes.map((outcome) => (outcome.status === 'rejected' ? (outcome.reason as Problem).slug : 'in'));
    expect(slugs.toSorted()).toEqual(['challenge-expired', 'challenge-expired', 'challenge-expired', 'in']);
    const [row] = await company.sql<{ n: number }>('select count(*)::int as n from auth.mfa_backup_codes where used_at is not null');
    expect(row!.n).toBe(outcomes.slice(1).filter(({ status }) => status === 'fulfilled').length);
  });

  test('platform 31: Given five wrong codes on a challenge, when the right one follows, then 401 `challenge-expired`', async () => {
    const { challengeId } = await factors.asked('dana');
    for (let left = 4; left >= 0; left -= 1) {
      const wrong = await factors.refuse(challengeId, app.wrong(now()));
      expect([wrong.slug, wrong.extras['triesLeft']]).toEqual(['mfa-invalid', left]);
    }
    const right = await factors.refuse(challengeId, app.code(now()));
    expect([right.slug, right.kind.status]).toEqual(['challenge-expired', 401]);
  });

  test('platform 32: Given ten wrong codes in a row over several challenges or step-ups, when the right one follows, then 429 `locked` for 15 min', async () => {
    const signed = tokenOf(await factors.answer((await factors.asked('dana')).challengeId, app.code(now())));
    company.clock.pass(30_000);
    for (let round = 0; round < 3; round += 1) {
      const { challengeId } = await factors.asked('dana', { ip: `192.0.2.${10 + round}` });
      for (let tries = 0; tries < 2; tries += 1) expect((await factors.refuse(challengeId, app.wrong(now()), {}, { ip: `198.51.100.${round}` })).slug).toBe('mfa-invalid'); // prettier-ignore
    }
    for (let tries = 0; tries < 4; tries += 1) expect((await factors.refusal(authStepUp, { factor: 'totp', code: app.wrong(now()) }, signed)).slug).toBe('mfa-invalid'); // prettier-ignore
    const atSignIn = await factors.refuse((await factors.asked('dana')).challengeId, app.code(now()));
    expect([atSignIn.slug, atSignIn.kind.status, atSignIn.extras.retryAfterSeconds]).toEqual(['locked', 429, 900]);
    expect((await factors.refusal(authStepUp, { factor: 'backup', code: backupCodes[0] }, signed)).slug).toBe('locked');
    company.clock.pass(15 * MINUTE);
    await factors.answer((await factors.asked('dana')).challengeId, app.code(now()));
    expect(await company.sql(`select 1 as one from auth.activity where user_id = $1 and kind = 'auth.locked'`, [await company.idOf('dana')])).toHaveLength(1); // prettier-ignore
  });

  test('guesses that come all at once share the ten tries', async () => {
    const challenges = await Promise.all([0, 1, 2, 3, 4, 5].map(() => factors.asked('dana')));
    const guesses = challenges.flatMap(({ challengeId }) => [0, 1, 2, 3, 4].map(() => factors.refuse(challengeId, app.wrong(now()))));
    const slugs = (await Promise.all(guesses)).map(({ slug }) => slug);
    expect(slugs.filter((slug) => slug === 'mfa-invalid')).toHaveLength(10);
    expect(new Set(slugs)).toEqual(new Set(['mfa-invalid', 'locked']));
  });

  test('a right code forgets the wrong ones before it', async () => {
    for (let round = 0; round < 3; round += 1) {
      const { challengeId } = await factors.asked('dana');
      for (let tries = 0; tries < 4; tries += 1) await factors.refuse(challengeId, app.wrong(now()));
      await factors.answer(challengeId, app.code(now()));
      company.clock.pass(30_000);
    }
  });

  test('platform 34: Given a user with TOTP only, when logging in, then SMS and mail codes are not offered and their endpoints answer 409', async () => {
    // Even with a verified phone and SMS set up from before.
    const id = await company.idOf('dana');
    await company.sql(`update auth.users set phone_e164 = '+4930901820', phone_verified_at = now() where id = $1`, [id]);
    await company.sql(`insert into auth.mfa_factors (id, user_id, kind, label, created_at, verified_at) values (gen_random_uuid(), $1, 'sms', '', now(), now())`, [id]); // prettier-ignore
    const challenge = await factors.asked('dana');
    expect(challenge.factors).toEqual(['totp', 'backup']);
    const texts = company.texts.length;
    const sent = await factors.refusal(authMfaSendChallenge, { challengeId: challenge.challengeId }, null);
    expect([sent.slug, sent.kind.status]).toEqual(['factor-not-offered', 409]);
    expect((await factors.refuse(challenge.challengeId, '123456', { factor: 'sms' })).kind.status).toBe(409);
    expect(company.texts).toHaveLength(texts);
    expect(tokenOf(await factors.answer(challenge.challengeId, app.code(now())))).toBeTruthy();
  });

  test('a challenge is no one else’s, of no use twice, and over after ten minutes', async () => {
    const vera = await factors.enrolApp('vera');
    const mine = await factors.asked('dana');
    expect((await factors.refuse(mine.challengeId, vera.app.code(now()))).slug).toBe('mfa-invalid');
    expect((await factors.refuse(mine.challengeId, vera.backupCodes[0]!, { factor: 'backup' })).slug).toBe('mfa-invalid');
    await factors.answer(mine.challengeId, app.code(now()));
    company.clock.pass(30_000);
    expect((await factors.refuse(mine.challengeId, app.code(now()))).slug).toBe('challenge-expired');
    const late = await factors.asked('dana');
    company.clock.pass(10 * MINUTE);
    expect((await factors.refuse(late.challengeId, app.code(now()))).slug).toBe('challenge-expired');
    expect((await factors.refuse('A'.repeat(43), app.code(now()))).slug).toBe('challenge-expired');
    await factors.stripped('vera');
  });

  test('what the database holds of a challenge opens nothing', async () => {
    const { challengeId } = await factors.asked('dana');
    const [row] = await company.sql<{ id_hash: string }>('select id_hash from auth.login_challenges order by created_at desc limit 1');
    expect(row!.id_hash).not.toContain(challengeId);
    expect((await factors.refuse(row!.id_hash.slice(0, 43), app.code(now()))).slug).toBe('challenge-expired');
  });

  test('a person who was suspended in between is not let in, and the code is not used up', async () => {
    const { challengeId } = await factors.asked('dana');
    await company.sql(`update auth.users set status = 'suspended' where email = 'dana@acme.example'`);
    expect((await factors.refuse(challengeId, app.code(now()))).slug).toBe('account-suspended');
    await company.sql(`update auth.users set status = 'active' where email = 'dana@acme.example'`);
    await factors.answer(challengeId, app.code(now()));
  });

  test('a new password voids the first half of a sign-in with the old one', async () => {
    const { challengeId } = await factors.asked('dana');
    await company.databases.platform('test', async (db) => forgetDevices(db, await company.idOf('dana'), now()));
    expect((await factors.refuse(challengeId, app.code(now()))).slug).toBe('challenge-expired');
  });

  test('each backup code lets in once; with three left a mail says so', async () => {
    company.mails.length = 0;
    for (const code of backupCodes.slice(0, 7))
      await factors.answer((await factors.asked('dana')).challengeId, code.toLowerCase().replace('-', ' '), { factor: 'backup' });
    expect(company.mails.filter(({ template }) => template === 'backup-codes-low')).toMatchObject([{ to: 'dana@acme.example', data: { left: '3' } }]);
    expect((await factors.refuse((await factors.asked('dana')).challengeId, backupCodes[0]!, { factor: 'backup' })).slug).toBe('mfa-invalid');
  });
});
