import fc from 'fast-check';
import { createTransport } from 'nodemailer';
import PostalMime from 'postal-mime';
import { describe, expect, test } from 'vitest';
import { isMailAddress, type Mails, type MailTemplate, type Message } from '#kernel/mail.ts';
import { cleaned } from './clean.ts';
import { composed } from './providers/compose.ts';
import { readSender, render } from './render.ts';
import { de } from './templates/de.ts';
import { en } from './templates/en.ts';
import { zh } from './templates/zh.ts';

const link = 'https://portal.example/page#token=abc-DEF_123';
const what = { at: '2026-11-20T14:05:00Z', device: 'Firefox on Linux', place: 'Berlin, Germany', ip: '192.0.2.x' };
const DATA: Mails = {
  'verify-email': { name: 'Anna', link, code: '123456' },
  'already-registered': { name: 'Anna', signInLink: link, resetLink: `${link}2` },
  'reset-password': { name: 'Anna', link, minutes: '30' },
  'password-changed': { name: 'Anna', link, ...what },
  'new-sign-in': { name: 'Anna', link, ...what },
  invitation: { link, inviter: 'Olivia', tenant: 'Acme', roles: 'Developer, Auditor', message: 'Welcome aboard', expiresAt: what.at },
  'email-change-confirm': { name: 'Anna', link, email: 'new@acme.example' },
  'email-change-notice': { name: 'Anna', link, email: 'n…@acme.example' },
  'factor-added': { name: 'Anna', link, factor: 'Authenticator app', ...what },
  'factor-removed': { name: 'Anna', link, factor: 'Authenticator app', ...what },
  'factors-reset-due': { name: 'Anna', link, due: what.at },
  'backup-codes-low': { name: 'Anna', link, left: '3' },
  'refresh-reuse': { name: 'Anna', link, ...what },
  'account-locked': { name: 'Anna', link, until: what.at },
  'identity-linked': { name: 'Anna', link, provider: 'GitHub', ...what },
  'domain-stale': { name: 'Anna', link, tenant: 'Acme', domain: 'portal.acme.example' },
  'domain-lost': { name: 'Anna', link, tenant: 'Acme', domain: 'portal.acme.example' },
  'domain-won': { name: 'Anna', link, tenant: 'Acme', domain: 'portal.acme.example' },
  'member-removed': { name: 'Anna', tenant: 'Acme' },
  'role-changed': { name: 'Anna', link, tenant: 'Acme', roles: 'Developer', by: 'Olivia' },
  notification: {
    name: 'Anna',
    link,
    tenant: 'Acme',
    kind: 'approval.requested',
    number: 'CHG-12',
    operation: 'servers.resize',
    summary: 'Resize web-1',
    requester: 'Dana',
    environment: 'prod',
    risk: 'high',
    reason: '',
    targets: ['web-1'],
    more: '3',
    expiresAt: what.at,
  },
  'notification-digest': { name: 'Anna', link, tenant: 'Acme', lines: [{ kind: 'change.failed', number: 'CHG-12', summary: 'Resize web-1' }] },
};
const TEMPLATES = Object.keys(DATA) as MailTemplate[];
const sender = { name: 'Switchyard', from: 'no-reply@yard.example' };
const messageOf = (template: MailTemplate, more: object = {}): Message => ({ to: 'anna@acme.example', template, data: DATA[template], ...more }) as Message; // prettier-ignore
const printer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
const wire = async (message: Message, from = sender): Promise<string> =>
  String((await printer.sendMail(composed(render('id-1', message, from)))).message);

describe.each([
  ['en', 'en'],
  ['de', 'de'],
  ['zh', 'zh-CN'],
])('in %s', (locale, tag) => {
  test.each(TEMPLATES)('%s says the same as text and as HTML, link and all', async (template) => {
    const { subject, text, html, language } = render('id-1', messageOf(template, { locale }), sender);
    expect(language).toBe(tag);
    expect(subject.length).toBeGreaterThan(8);
    expect(text).not.toMatch(/undefined|\[object|NaN/);
    const words = html
      .replaceAll(/<style>[^]*?<\/style>|<[^>]+>/g, ' ')
      .replaceAll(/&#39;/g, "'")
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&');
    for (const line of text.split('\n').filter((one) => one.trim().length > 3 && !one.startsWith('--') && !one.endsWith(':')))
      expect(words.replaceAll(/\s+/g, ' '), line).toContain(line.replaceAll(/\s+/g, ' ').trim());
    const data = DATA[template] as unknown as Partial<Record<string, string>>;
    for (const name of ['link', 'signInLink', 'resetLink', 'code', 'domain', 'left', 'email'])
      if (data[name]) expect(text, name).toContain(data[name]);
  });

  test.each(TEMPLATES)('%s fetches nothing and adapts to the dark', (template) => {
    const { html } = render('id-1', messageOf(template, { locale }), sender);
    expect(html).not.toMatch(/<(img|script|link|iframe|object)|url\(|@import|src=/i);
    expect(html).toContain('prefers-color-scheme: dark');
    expect(html).toContain(`<html lang="${tag}" dir="ltr">`);
  });
});

test('every language has every mail', () => {
  for (const { letters } of [en, de, zh]) expect(Object.keys(letters).sort()).toEqual([...TEMPLATES].sort());
});

test.each([
  ['de-AT', 'de'],
  ['DE', 'de'],
  ['zh-TW', 'zh-CN'],
  ['en-GB', 'en'],
  ['fr', 'en'],
  ['deu', 'en'],
  ['', 'en'],
  [null, 'en'],
  ['../../etc', 'en'],
])('a receiver of locale %s reads %s', (locale, tag) => {
  expect(render('id-1', messageOf('reset-password', { locale }), sender).language).toBe(tag);
});

test('a tenant writes under its name and the installation’s, never under a name alone', async () => {
  const mail = await PostalMime.parse(
    await wire(messageOf('invitation', { sender: 'Bank of England' }), { name: 'Yard', from: 'Yard <y@yard.example>' }),
  );
  expect(mail.from).toEqual({ name: 'Bank of England via Yard', address: 'y@yard.example' });
});

test.each([
  ['no-reply@yard.example', { name: undefined, address: 'no-reply@yard.example' }],
  ['Yard <no-reply@yard.example>', { name: 'Yard', address: 'no-reply@yard.example' }],
  ['<no-reply@yard.example>', { name: undefined, address: 'no-reply@yard.example' }],
])('%s is a sender', (from, read) => {
  expect(readSender(from)).toEqual(read);
});

const INJECTIONS = [
  'Acme\r\nBcc: victim@example.com',
  'Acme\nSubject: other',
  'Acme\r\n\r\n<h1>body',
  'A\u2028Bcc: x@y',
  'A\0B',
  'A\r\n.\r\nRCPT TO:<x@y>',
];
test.each(INJECTIONS)('a name cannot add a header, a receiver or a body (%#)', async (name) => {
  const data = { ...DATA.invitation, inviter: name, tenant: name };
  const raw = await wire(messageOf('invitation', { data, sender: name }));
  const mail = await PostalMime.parse(raw);
  expect(mail.to).toEqual([{ name: '', address: 'anna@acme.example' }]);
  expect(mail.cc ?? []).toEqual([]);
  expect(mail.bcc ?? []).toEqual([]);
  expect(mail.headers.map(({ key }) => key).toSorted()).toEqual([
    'auto-submitted',
    'content-language',
    'content-type',
    'date',
    'from',
    'message-id',
    'mime-version',
    'subject',
    'to',
    'x-auto-response-suppress',
  ]);
  expect(mail.from?.address).toBe('no-reply@yard.example');
});

test('no name, whatever is in it, adds a header or an element', async () => {
  const nasty = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.stringMatching(/^[\r\n\t <>"'&:,@a-z;=]{0,60}$/));
  await fc.assert(
    fc.asyncProperty(nasty, async (name) => {
      const message = messageOf('role-changed', { data: { ...DATA['role-changed'], name, tenant: name, by: name, roles: name }, sender: name });
      const { headers, from, to } = await PostalMime.parse(await wire(message));
      expect(headers).toHaveLength(10);
      expect([from?.address, to?.[0]?.address, to?.length]).toEqual(['no-reply@yard.example', 'anna@acme.example', 1]);
      const { html } = render('id-1', message, sender);
      const plain = render('id-1', messageOf('role-changed'), sender).html;
      expect(html.match(/<[a-z!/]/gi)).toEqual(plain.match(/<[a-z!/]/gi));
    }),
    { numRuns: 60 },
  );
});

test('a name is no link: what mail programs would make one of is broken', () => {
  for (const name of ['evil.example', 'https://evil.example/x', 'www.evil.example']) {
    expect(cleaned('tenant', name)).not.toMatch(/[a-z0-9][.:][a-z0-9/]/);
    expect(cleaned('tenant', name).replaceAll('\u200b', '')).toBe(name);
  }
  expect(cleaned('link', link)).toBe(link);
});

test('a long name is cut, and what turns the direction of a line is taken out', () => {
  expect([...cleaned('name', 'x'.repeat(500))]).toHaveLength(100);
  expect([...cleaned('message', '😀'.repeat(600))]).toHaveLength(500);
  expect(cleaned('name', 'abc\u202edef\u2066ghi')).toBe('abc def ghi');
});

test.each(['a@b', 'anna.o+tag@acme.example', 'ä@müller.example', 'o_neil@x.example'])('%s is an address', (text) => {
  expect(isMailAddress(text)).toBe(true);
});
test.each(['', 'a', '@b', 'a@', 'a@b,c@d', 'a@b>', '<a@b>', 'Anna <a@b>', '"a b"@c', 'a@b c', 'a@b\r\nRCPT TO:<x@y>', 'a@b@c', 'a(x)@b'])(
  '%j is none',
  (text) => {
    expect(isMailAddress(text)).toBe(false);
  },
);
