import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { adapters, provide } from '#kernel/port.ts';
import { nodeRun, runOf } from '#test/node-told.ts';
import { refusal, startSmtp } from '#test/smtp.ts';
import { email } from './index.ts';
import { Letters } from './port.ts';
import { createLetters, type LettersOptions } from './smtp.ts';

const sender = { name: 'Switchyard', address: 'no-reply@switchyard.example' };
const report = Buffer.from('a,b\n1,2\n');
const input = { report: { $file: 'f1', name: 'report.csv', mime: 'text/csv', size: report.length } };

function runWith(options: Partial<LettersOptions>) {
  const letters = createLetters({ smtpUrl: undefined, folder: '', sender, tenantName: async () => 'Acme', allowPrivateTargets: true, ...options });
  return nodeRun({ input, files: { f1: report }, adapters: adapters(provide(Letters, letters)) });
}
async function served(options: Parameters<typeof startSmtp>[0] = {}) {
  const server = await startSmtp(options);
  onTestFinished(() => server.close());
  return server;
}
const mail = { to: ['ana@example.com'], subject: 'Report', text: 'Here it is.', attachments: '[input.report]' };

test('workflows 41: Email is sent once through a test SMTP server with attachments; partial rejection goes to main with `rejected`.', async () => {
  const server = await served({
    onRcptTo: ({ address }, _session, done) => done(address.startsWith('nobody') ? refusal(550, '5.1.1 no such user') : null),
  });
  const run = runWith({ smtpUrl: server.url });
  const sent = await runOf(
    email,
    { ...mail, to: ['ana@example.com', 'nobody@example.com'], cc: ['ben@example.com'], headers: { 'X-Run': '7' } },
    run,
  );
  expect(sent).toEqual({ output: { messageId: '<key234@switchyard.example>', accepted: ['ana@example.com', 'ben@example.com'], rejected: ['nobody@example.com'] } }); // prettier-ignore
  expect(run.logs.map(({ level }) => level)).toEqual(['warn']);
  expect(server.received).toHaveLength(1);
  const got = await server.received[0]!.parsed();
  expect(got).toMatchObject({
    subject: 'Report',
    messageId: '<key234@switchyard.example>',
    from: { name: 'Acme via Switchyard', address: sender.address },
  });
  const [file] = got.attachments;
  expect([file?.filename, file?.mimeType, Buffer.from(file!.content as ArrayBuffer).toString()]).toEqual([
    'report.csv',
    'text/csv',
    report.toString(),
  ]);
  const none = runOf(email, { ...mail, to: ['nobody@example.com'] }, runWith({ smtpUrl: server.url }));
  await expect(none).rejects.toMatchObject({ type: 'smtp-rejected', class: 'validation' });
});

test('a server of the tenant’s own is guarded like every call outside, and what may pass is tried again', async () => {
  const server = await served();
  const own = { ...mail, smtp: server.url, from: 'ops@acme.example' };
  // The port of a test is none that mail servers have; in a laboratory it may be.
  expect(await runOf(email, own, runWithExceptions({}))).toMatchObject({
    output: { accepted: ['ana@example.com'], messageId: '<key234@acme.example>' },
  });
  await expect(runOf(email, own, runWithExceptions({ allowPrivateTargets: false }))).rejects.toMatchObject({
    type: 'egress-denied',
    class: 'egress',
  });
  await expect(runOf(email, { ...own, smtp: 'http://x' }, runWithExceptions({}))).rejects.toMatchObject({ type: 'node-config-invalid' });
  const busy = await served({ onMailFrom: (_address, _session, done) => done(refusal(451, '4.3.2 later')) });
  await expect(runOf(email, mail, runWith({ smtpUrl: busy.url }))).rejects.toMatchObject({ type: 'smtp-rejected', class: 'transient' });
  await expect(runOf(email, mail, runWith({ smtpUrl: 'smtp://127.0.0.1:1' }))).rejects.toMatchObject({ class: 'transient' });
});

/** The tenant has opened nothing. */
const runWithExceptions = (options: Partial<LettersOptions>) =>
  Object.assign(runWith(options), { tx: async () => [] }) as unknown as ReturnType<typeof nodeRun>;

test('addresses that are none, other senders and too much of files are refused; without a server mails are files', async () => {
  const refused = (config: object) => runOf(email, { ...mail, ...config }, runWith({}));
  await expect(refused({ to: ['Ana <ana@example.com>'] })).rejects.toMatchObject({ type: 'type-error' });
  await expect(refused({ to: [] })).rejects.toMatchObject({ type: 'type-error' });
  await expect(refused({ from: 'boss@bank.example' })).rejects.toMatchObject({ type: 'type-error' });
  await expect(refused({ attachments: 'input' })).rejects.toMatchObject({ type: 'type-error' });
  const folder = mkdtempSync(join(tmpdir(), 'switchyard-letters-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  await runOf(email, { ...mail, subject: 'Two\r\nBcc: all@example.com' }, runWith({ folder }));
  const [name] = readdirSync(folder);
  expect(readFileSync(join(folder, name!), 'utf8')).toContain('Subject: Two Bcc: all@example.com');
  const run = runWith({});
  expect(await email.simulate!(run, email.config.parse(mail))).toMatchObject({
    output: { accepted: mail.to },
    would: { mail: { subject: 'Report' } },
  });
});
