import fc from 'fast-check';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bearer, createCompany, type Company } from '#test/company.ts';
import { contrast, standsOut, textOn } from '../branding/rules.ts';
import {
  membersList, tenantsBrandingGet, tenantsBrandingUpdate, tenantsBrandingUpload, tenantsFeaturesList, tenantsPublicConfig, tenantsPublicPicture,
  tenantsSettingsGet, tenantsSettingsUpdate,
} from '../index.ts'; // prettier-ignore
import { activeMemberships } from '../memberships.ts';
import { limitOf, PLANS, upgradeFor } from '../plans.ts';
import { differences, inNetworks, isAdmitted, mergePatch } from './rules.ts';
import { Settings, settingsOf } from './schema.ts';

let company: Company;
let acme: string;
beforeAll(async () => {
  company = await createCompany({ works: true });
  acme = (await company.sql<{ id: string }>(`select id from tenants where slug = 'acme'`))[0]!.id;
});
afterAll(() => company.close());

const olivia = () => company.key('olivia');
const read = () => company.done(tenantsSettingsGet, { id: acme }, olivia());
const change = (patch: object) => company.call(tenantsSettingsUpdate, { id: acme, ...patch }, olivia());
const agreed = async (patch: object) => company.carriedOut(await change(patch), company.key('priya'));

describe('settings', () => {
  test('platform 57: Given an IP allow-list without the caller’s address, when saved, then 422 `would-lock-out`', async () => {
    const refused = await company.refused(tenantsSettingsUpdate, { id: acme, security: { ipAllowList: ['203.0.113.0/24'] } }, olivia());
    expect([refused.slug, refused.kind.status]).toEqual(['would-lock-out', 422]);
    expect((await agreed({ security: { ipAllowList: ['192.0.2.0/24', '2001:db8::/32'] } })).state).toBe('succeeded');
    // Who is remembered as signed in is looked at anew a moment after the commit.
    const outcome = () => company.call(membersList, {}, company.key('dana'), { ip: '198.51.100.1' }).then(() => 'done', (problem: { slug: string }) => problem.slug); // prettier-ignore
    for (let tries = 0; tries < 200 && (await outcome()) === 'done'; tries += 1) await new Promise((resolve) => setTimeout(resolve, 25));
    expect(await outcome()).toBe('ip-not-allowed');
    for (const ip of ['192.0.2.77', '::ffff:192.0.2.77', '2001:db8::5']) await company.done(membersList, {}, company.key('dana'), { ip });
    // In a tenant without such a list the same person goes on from anywhere.
    await company.done(membersList, {}, bearer((await company.signIn('priya', { slug: 'globex' })).token!), { ip: '198.51.100.1' });
    expect((await agreed({ security: { ipAllowList: null } })).state).toBe('succeeded');
  });

  test('of every group can be changed; how often approvals may be skipped takes somebody else', async () => {
    expect(Object.keys(tenantsSettingsUpdate.input.shape)).toEqual(expect.arrayContaining(Object.keys(Settings.shape)));
    const before = await read();
    const passed = await change({ changes: { emergenciesPerDay: before.changes.emergenciesPerDay + 1 } });
    expect(passed.status).toBe('accepted');
    expect((await company.carriedOut(passed, company.key('priya'))).state).toBe('succeeded');
    expect((await read()).changes).toEqual({ emergenciesPerDay: before.changes.emergenciesPerDay + 1 });
  });

  test('that decide who gets in wait for somebody else; others are done at once', async () => {
    expect((await change({ defaults: { zone: 'Europe/Berlin' } })).status).toBe('done');
    const passed = await change({ security: { mfa: 'required' } });
    expect(passed.status).toBe('accepted');
    expect((await company.carriedOut(passed, company.key('priya'))).state).toBe('succeeded');
    const { security, mfaSince } = await read();
    expect([security.mfa, mfaSince]).toEqual(['required', company.clock.at.toISOString()]);
    const [membership] = await company.databases.platform('test', async (db) => activeMemberships(db, await company.idOf('dana')));
    expect(membership).toMatchObject({ mfa: 'required', mfaSince: company.clock.at, passwordPolicy: { minLength: 12 }, ssoEnforced: false });
    await agreed({ security: { mfa: null } });
    expect(await read()).toMatchObject({ mfaSince: null, security: { mfa: 'optional' } });
  });

  test('are changed by a merge patch: what is left out stays, null brings the default back, and another version is refused', async () => {
    const { version } = await read();
    await change({ defaults: { currency: 'CHF' }, notifications: { changesMail: false }, version });
    expect(await read()).toMatchObject({ defaults: { currency: 'CHF', zone: 'Europe/Berlin' }, notifications: { changesMail: false, securityMail: true }, version: version + 1 });
    expect(await company.slugOf(tenantsSettingsUpdate, { id: acme, defaults: { currency: 'EUR' }, version }, olivia())).toBe('version-conflict');
    expect(await company.slugOf(tenantsSettingsUpdate, { id: acme, defaults: { currency: 'EUR' } }, olivia(), { envelope: { ifMatch: String(version) } })).toBe('version-conflict');
    await change({ defaults: { currency: null } });
    expect((await read()).defaults).toMatchObject({ currency: 'EUR', zone: 'Europe/Berlin' });
  }); // prettier-ignore

  test.each([
    [{ security: { mfa: 'sometimes' } }, '/security/mfa'],
    [{ security: { nothing: 1 } }, '/security/nothing'],
    [{ security: { ipAllowList: ['300.1.1.1'] } }, '/security/ipAllowList/0'],
    [{ defaults: { zone: 'Mars/Olympus' } }, '/defaults/zone'],
    [{ security: { passwordMinLength: 4 } }, '/security/passwordMinLength'],
  ])('that cannot be used are refused by field: %j', async (patch, pointer) => {
    const refused = await company.refused(tenantsSettingsUpdate, { id: acme, ...patch }, olivia());
    expect([refused.slug, refused.extras.errors?.map((error) => error.pointer)]).toEqual(['validation-failed', [pointer]]);
  });

  test('that the plan does not include cannot be set', async () => {
    await company.sql(`update tenants set plan = 'business' where id = $1`, [acme]);
    const refused = await company.refused(tenantsSettingsUpdate, { id: acme, security: { ssoEnforced: true } }, olivia());
    expect([refused.slug, refused.extras['upgradeTo']]).toEqual(['feature-not-in-plan', 'enterprise']);
    await company.sql(`update tenants set plan = 'enterprise' where id = $1`, [acme]);
  });
});

describe('branding', () => {
  const png = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: '#0055aa' } }).withExif({ IFD0: { Artist: 'Somebody' } }).png().toBuffer(); // prettier-ignore
  const upload = (file: Buffer | string, kind = 'logo') =>
    company.done(tenantsBrandingUpload, { id: acme, kind, file: Buffer.from(file).toString('base64') }, olivia());

  test('is drawn anew, shown to everybody, and has a version in its address', async () => {
    const { logoUrl, version } = await upload(await png(2000, 1000));
    expect(logoUrl).toBe(`/api/v1/public/tenants/${acme}/logo?v=${version}`);
    const { content, mediaType } = await company.done(tenantsPublicPicture, { id: acme, kind: 'logo' }, null);
    const bytes = Buffer.from(content, 'base64');
    expect([mediaType, await sharp(bytes).metadata()]).toEqual(['image/webp', expect.objectContaining({ format: 'webp', width: 480, height: 240 })]);
    expect(bytes.toString('latin1')).not.toContain('Somebody');
    await upload(await png(64, 64), 'icon');
    const face = await company.done(tenantsPublicConfig, { host: 'acme' }, null);
    expect(face.branding).toMatchObject({ logoUrl: `/api/v1/public/tenants/${acme}/logo`, iconUrl: `/api/v1/public/tenants/${acme}/icon` });
    await company.done(tenantsBrandingUpdate, { id: acme, logo: null }, olivia());
    expect(await company.slugOf(tenantsPublicPicture, { id: acme, kind: 'logo' }, null)).toBe('not-found');
  });

  test.each([
    ['a text', 'hello'],
    ['a drawing', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'],
    ['half an image', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
    ['nothing', ''],
  ])('that is %s is refused', async (_what, file) => {
    expect(await company.slugOf(tenantsBrandingUpload, { id: acme, kind: 'logo', file: Buffer.from(file).toString('base64') }, olivia())).toMatch(/image-invalid|validation-failed/);
  }); // prettier-ignore

  test('has a colour that can be seen, texts, and a link that is one', async () => {
    const set = (input: object) => company.call(tenantsBrandingUpdate, { id: acme, ...input }, olivia()).then((passed) => passed.status, (problem: { slug: string }) => problem.slug); // prettier-ignore
    expect(await set({ primaryColor: '#ffff00' })).toBe('color-contrast');
    expect(await set({ primaryColor: 'red' })).toBe('validation-failed');
    expect(await set({ supportLink: 'javascript:alert(1)' })).toBe('validation-failed');
    expect(await set({ primaryColor: '#0055AA', loginText: 'Welcome', supportLink: 'https://acme.example/help' })).toBe('done');
    expect(await company.done(tenantsBrandingGet, { id: acme }, olivia())).toMatchObject({
      primaryColor: '#0055aa',
      textColor: '#ffffff',
      loginText: 'Welcome',
    });
    expect(await company.slugOf(tenantsBrandingUpdate, { id: acme, loginText: 'x' }, company.key('dana'))).toBe('permission-denied');
    await company.sql(`update tenants set plan = 'free' where id = $1`, [acme]);
    expect(await set({ loginText: 'x' })).toBe('feature-not-in-plan');
    await company.sql(`update tenants set plan = 'enterprise' where id = $1`, [acme]);
  });
});

test('features show what the plan includes and how much of it is used', async () => {
  const { plan, features } = await company.done(tenantsFeaturesList, { id: acme }, olivia());
  expect(plan).toBe('enterprise');
  expect(features['seats']).toEqual({ enabled: true, limit: null, used: 6, source: 'plan', expiresAt: null });
  expect(features['branding']).toEqual({ enabled: true, source: 'plan', expiresAt: null });
});

describe('rules', () => {
  test('an empty patch changes nothing, and patching twice is patching once', () =>
    fc.assert(
      fc.property(fc.json().map((text) => JSON.parse(text) as unknown), fc.object({ maxDepth: 2 }), (target, patch) => {
        const once = mergePatch(target, patch);
        expect(mergePatch(once, patch)).toEqual(once);
        if (target !== null && typeof target === 'object' && !Array.isArray(target)) expect(mergePatch(target, {})).toEqual(target);
      }),
    )); // prettier-ignore
  test('a patch cannot reach the prototype', () => {
    mergePatch({}, JSON.parse('{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}'));
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
  test('stored settings of any age are read with defaults, and differences name single settings', () => {
    const [before, after] = [settingsOf({}), settingsOf({ security: { mfa: 'off' } })];
    expect(differences(before, after)).toEqual([{ path: 'security.mfa', before: 'optional', after: 'off' }]);
  });
  test('an address is in a network of its own kind only, and an unknown one in none', () => {
    expect(inNetworks('10.1.2.3', ['10.0.0.0/8'])).toBe(true);
    expect(inNetworks('::ffff:10.1.2.3', ['10.1.2.3'])).toBe(true);
    expect(inNetworks('2001:db8::1', ['0.0.0.0/0'])).toBe(false);
    expect([isAdmitted(null, []), isAdmitted(null, ['0.0.0.0/0']), isAdmitted('nonsense', ['0.0.0.0/0'])]).toEqual([true, false, false]);
  });
  test('text on any colour has 4.5 to 1, and contrast is the same both ways', () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffff }), (value) => {
        const color = `#${value.toString(16).padStart(6, '0')}`;
        expect(contrast(color, textOn(color))).toBeGreaterThanOrEqual(4.5);
        expect(contrast(color, '#ffffff')).toBeCloseTo(contrast('#ffffff', color));
        expect(standsOut(color)).toBe(contrast(color, '#ffffff') >= 3);
      }),
    ));
  test('limits grow with the plans', () => {
    const keys = Object.keys(PLANS);
    for (const [at, key] of keys.entries()) for (const next of keys.slice(at + 1)) expect((limitOf(next, 'seats') ?? Infinity) >= (limitOf(key, 'seats') ?? Infinity)).toBe(true);
    expect([limitOf('free', 'seats'), limitOf('enterprise', 'seats'), limitOf('no such plan', 'seats'), upgradeFor('free', 'branding'), upgradeFor('enterprise', 'seats')]).toEqual([1, null, 1, 'basic', undefined]);
  }); // prettier-ignore
});
