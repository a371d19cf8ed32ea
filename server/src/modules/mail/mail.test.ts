import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { SMTPServerOptions } from 'smtp-server';
import { pino } from 'pino';
import { cloneDatabase, testMasterKey } from '#test/clone.ts';
import { mailsIn } from '#test/mailbox.ts';
import { refusal, startSmtp } from '#test/smtp.ts';
import { openDatabases, ROLES, urlFor, type Database, type Databases } from '#kernel/database.ts';
import { newId } from '#kernel/ids.ts';
import { openJobs, type Jobs } from '#kernel/jobs.ts';
import { localLive } from '#kernel/live.ts';
import type { Message } from '#kernel/mail.ts';
import { deriveKey } from '#kernel/seal.ts';
import { createDelivery } from './delivery.ts';
import { createOutbox } from './outbox.ts';
import { createSmtp } from './providers/smtp.ts';
import type { MailOutcome } from './queue.ts';

let databases: Databases;
let jobs: Jobs;
const live = localLive();
const keyFor = (purpose: string) => deriveKey(testMasterKey(), purpose);
const clock = { at: new Date() };
const lines: string[] = [];
const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
const outcomes: MailOutcome[] = [];
const closing: (() => Promise<void>)[] = [];

beforeAll(async () => {
  const url = await cloneDatabase();
  databases = openDatabases({ url, masterKey: testMasterKey() });
  jobs = await openJobs({ url: urlFor(url, ROLES.platform, testMasterKey()), live, onError: () => undefined, supervise: false });
});
afterAll(async () => {
  await jobs.close();
  await databases.close();
});
beforeEach(() => {
  clock.at = new Date();
  outcomes.length = lines.length = 0;
});
afterEach(async () => {
  await databases.platform('test', (db) => db.execute('delete from mail_outbox; delete from auth.mail_minutes; delete from auth.mail_suppressions'));
  await Promise.all(closing.splice(0).map((close) => close()));
});

const platform = <T>(work: (db: Database) => Promise<T>): Promise<T> => databases.platform('test', work);
const mailTo = (to: string, name = 'Anna', more: Partial<Message> = {}): Message => ({
  to, template: 'reset-password', data: { name, link: 'https://portal.example/reset-password#token=s3cr3t-t0ken', minutes: '30' }, ...more,
}) as Message; // prettier-ignore
const send = (message: Message): Promise<string | undefined> => platform((db) => createOutbox({ jobs, keyFor }).send(db, message));

/** One attempt at every mail that waits, without the queue's own patience. */
async function deliverAll(url: string, perMinute?: number): Promise<void> {
  const deliver = createDelivery({
    databases, jobs, keyFor, log, now: () => clock.at, transport: createSmtp(url), sender: { name: 'Switchyard', from: 'Yard <no-reply@yard.example>' },
    observe: (outcome) => void outcomes.push(outcome), ...(perMinute ? { perMinute } : {}),
  }); // prettier-ignore
  const { rows } = await platform((db) => db.$client.query<{ tenant_id: string; id: string }>('select tenant_id, id from mail_outbox order by id'));
  for (const { tenant_id: tenantId, id } of rows) await deliver({ data: { tenantId, id } });
}
async function server(options: Partial<SMTPServerOptions> = {}) {
  const started = await startSmtp(options);
  closing.push(started.close);
  return started;
}
const waiting = async () => (await platform((db) => db.$client.query<{ attempts: number }>('select attempts from mail_outbox'))).rows.map((row) => row.attempts); // prettier-ignore
const nextJob = async () =>
  (await platform((db) => db.$client.query<{ at: Date }>(`select start_after as at from pgboss.job where name = 'mail' order by created_on desc limit 1`))).rows[0]!.at; // prettier-ignore

test('a mail reaches its receiver as text and HTML, under the installation’s name, and leaves nothing behind', async () => {
  const smtp = await server();
  await send(mailTo('anna@acme.example'));
  await deliverAll(smtp.url);
  expect(outcomes).toEqual(['sent']);
  expect(await waiting()).toEqual([]);
  const { from, to, parsed } = smtp.received[0]!;
  const mail = await parsed();
  expect({ from, to }).toEqual({ from: 'no-reply@yard.example', to: ['anna@acme.example'] });
  expect(mail.from).toEqual({ name: 'Yard', address: 'no-reply@yard.example' });
  expect(mail.subject).toBe('Set a new password for Switchyard');
  expect(mail.text).toContain('Hello Anna,');
  for (const body of [mail.text!, mail.html!]) expect(body).toContain('https://portal.example/reset-password#token=s3cr3t-t0ken');
  expect(mail.headers.find(({ key }) => key === 'auto-submitted')?.value).toBe('auto-generated');
});

test('a mail is there if and only if the transaction commits, in a tenant’s context as in the platform’s', async () => {
  const outbox = createOutbox({ jobs, keyFor });
  const failing = platform(async (db) => {
    await outbox.send(db, mailTo('lost@acme.example'));
    throw new Error('changed my mind');
  });
  await expect(failing).rejects.toThrow('changed my mind');
  const tenantId = newId();
  await databases.tenant({ tenantId }, (db) => outbox.send(db, mailTo('kept@acme.example')));
  const { rows } = await platform((db) => db.$client.query<{ tenant_id: string }>('select tenant_id from mail_outbox'));
  expect(rows).toEqual([{ tenant_id: tenantId }]);
  expect(await mailsIn({ databases })).toMatchObject([{ to: 'kept@acme.example' }]);
  await databases.tenant({ tenantId: newId() }, async (db) => expect((await db.execute('select 1 from mail_outbox')).rowCount).toBe(0));
});

test('an account without an address gets no mail, and nothing waits for it', async () => {
  await send(mailTo('anna@0198c0de.invalid'));
  expect(await waiting()).toEqual([]);
  await expect(send(mailTo('Anna <anna@acme.example>'))).rejects.toThrow('no plain address');
  await expect(send(mailTo('a@b.example', 'A', { data: { name: 'A', link: 'javascript:alert(1)', minutes: '30' } }))).rejects.toThrow('no web address'); // prettier-ignore
});

test('a dump of queue and outbox reveals neither receiver nor link', async () => {
  await send(mailTo('anna@acme.example'));
  const dump = await platform(async (db) => {
    const outbox = await db.$client.query<{ row: string }>('select t::text as row from mail_outbox t');
    const queue = await db.$client.query<{ row: string }>(`select t::text as row from pgboss.job t where name = 'mail'`);
    return [...outbox.rows, ...queue.rows].map(({ row }) => row).join('\n');
  });
  expect(dump).toMatch(/[\w-]{36}/);
  for (const secret of ['anna', 'acme', 's3cr3t', 'portal', 'reset-password']) expect(dump, secret).not.toContain(secret);
});

test('the log names mail, outcome and code, never address, name, link or what the server said of them', async () => {
  const smtp = await server({ onRcptTo: ({ address }, _session, done) => done(refusal(451, `4.7.1 <${address}> later, token s3cr3t-t0ken`)) });
  await send(mailTo('anna@acme.example'));
  await deliverAll(smtp.url);
  expect(lines.join('')).toContain('RCPT TO 451');
  for (const secret of ['anna', 'Anna', 's3cr3t', 'portal']) expect(lines.join(''), secret).not.toContain(secret);
});

test('a server that says “later” is asked six times, 10 s to 1 h apart, and then the mail is given up', async () => {
  const smtp = await server({ onRcptTo: (_address, _session, done) => done(refusal(451, '4.3.0 greylisted')) });
  await send(mailTo('anna@acme.example'));
  const waits: number[] = [];
  for (let attempt = 1; attempt <= 6; attempt += 1) {
    await deliverAll(smtp.url);
    if ((await waiting()).length === 0) break;
    waits.push(Math.round(((await nextJob()).getTime() - clock.at.getTime()) / 1000));
    clock.at = new Date(await nextJob());
  }
  expect(outcomes).toEqual(['retry', 'retry', 'retry', 'retry', 'retry', 'given-up']);
  expect(waits).toEqual([10, 60, 300, 1200, 3600]);
  expect(await waiting()).toEqual([]);
});

test('a mail that was refused for now goes out when the server takes it', async () => {
  let busy = true;
  const smtp = await server({ onMailFrom: (_address, _session, done) => done(busy ? refusal(421, '4.3.2 try again') : undefined) });
  await send(mailTo('anna@acme.example'));
  await deliverAll(smtp.url);
  busy = false;
  await deliverAll(smtp.url);
  expect(outcomes).toEqual(['retry', 'sent']);
  expect(smtp.received).toHaveLength(1);
});

test('an address that does not exist gets no second mail for a month, in any spelling; others do', async () => {
  const smtp = await server({ onRcptTo: ({ address }, _session, done) => done(/gone/i.test(address) ? refusal(550, '5.1.1 no such user') : undefined) }); // prettier-ignore
  for (const to of ['gone@acme.example', 'Gone@ACME.example', 'here@acme.example']) await send(mailTo(to));
  await deliverAll(smtp.url);
  expect(outcomes).toEqual(['no-such-address', 'suppressed', 'sent']);
  const { rows } = await platform((db) => db.$client.query<Record<string, unknown>>('select * from auth.mail_suppressions'));
  expect(JSON.stringify(rows)).not.toContain('gone');

  clock.at = new Date(clock.at.getTime() + 31 * 86_400_000);
  await send(mailTo('gone@acme.example'));
  await deliverAll(smtp.url);
  expect(outcomes.at(-1), 'tried again').toBe('no-such-address');
});

test('a refusal that is about us or this mail does not count against the address', async () => {
  let answer: Error | undefined = refusal(550, '5.7.1 relaying denied');
  const smtp = await server({ onRcptTo: (_address, _session, done) => done(answer) });
  await send(mailTo('anna@acme.example'));
  await deliverAll(smtp.url);
  answer = refusal(552, '5.2.2 mailbox full');
  await send(mailTo('anna@acme.example'));
  await deliverAll(smtp.url);
  answer = undefined;
  await send(mailTo('anna@acme.example'));
  await deliverAll(smtp.url);
  expect(outcomes).toEqual(['refused', 'refused', 'sent']);
});

test('a server that is away, or knows us no more, is a reason to wait, not to drop mail', async () => {
  const away = await startSmtp();
  await away.close();
  await send(mailTo('anna@acme.example'));
  await deliverAll(away.url);
  const strict = await server({ authOptional: false, allowInsecureAuth: true, onAuth: (_auth, _session, done) => done(refusal(535, 'wrong password')) }); // prettier-ignore
  await deliverAll(`smtp://user:wrong@127.0.0.1:${strict.port}`);
  expect(outcomes).toEqual(['retry', 'retry']);
  expect(lines.join('')).not.toContain('wrong');
});

test('a minute has so many places; who comes later waits for the next one, without losing an attempt', async () => {
  const smtp = await server();
  for (const name of ['a', 'b', 'c']) await send(mailTo(`${name}@acme.example`));
  await deliverAll(smtp.url, 2);
  expect(outcomes).toEqual(['sent', 'sent', 'waiting']);
  expect(await waiting()).toEqual([0]);
  const next = Math.ceil((clock.at.getTime() + 1) / 60_000) * 60_000;
  expect((await nextJob()).getTime()).toBeGreaterThanOrEqual(next - 1_000);
  clock.at = new Date(next + 1_000);
  await deliverAll(smtp.url, 2);
  expect(smtp.received).toHaveLength(3);
});

test('what many are sent at once stays behind what somebody waits for, also when the minute had no place left for either', async () => {
  const smtp = await server();
  const link = 'https://portal.example/notifications';
  await platform((db) => db.$client.query(`delete from pgboss.job where name = 'mail'`));
  await send(mailTo('first@acme.example'));
  await send(mailTo('anna@acme.example'));
  await send({ to: 'many@acme.example', template: 'notification-digest', data: { name: '', link, tenant: 'Acme', lines: [] } });
  const priorities = async () =>
    (await platform((db) => db.$client.query<{ priority: number }>(`select priority from pgboss.job where name = 'mail' order by created_on, id`))).rows.map((row) => row.priority); // prettier-ignore
  expect(await priorities()).toEqual([10, 10, 0]);
  await deliverAll(smtp.url, 1);
  expect(outcomes).toEqual(['sent', 'waiting', 'waiting']);
  expect((await priorities()).slice(3)).toEqual([10, 0]);
});

test('a mail that another key sealed, or somebody changed, is dropped and told', async () => {
  const smtp = await server();
  await send(mailTo('anna@acme.example'));
  await platform((db) => db.execute(`update mail_outbox set sealed = 'AAAA' || substr(sealed, 5)`));
  await deliverAll(smtp.url);
  expect(outcomes).toEqual(['unreadable']);
  expect(smtp.received).toEqual([]);
});

test('the password of a mail server is not sent in the clear to another machine', async () => {
  const smtp = await server({ authOptional: false, allowInsecureAuth: true, onAuth: (_auth, _session, done) => done(null, { user: 'u' }) });
  await send(mailTo('anna@acme.example'));
  // 127.0.0.2 is loopback, but not by a name that we take for it: it stands for a machine elsewhere.
  const elsewhere = await startSmtpAt('127.0.0.2');
  await deliverAll(`smtp://user:secret@127.0.0.2:${elsewhere.port}`);
  expect(outcomes).toEqual(['retry']);
  expect(elsewhere.auths()).toBe(0);
  await deliverAll(`smtp://user:secret@127.0.0.1:${smtp.port}`);
  expect(outcomes).toEqual(['retry', 'sent']);
});

async function startSmtpAt(host: string) {
  const { SMTPServer } = await import('smtp-server');
  let auths = 0;
  const away = new SMTPServer({ logger: false, disabledCommands: ['STARTTLS'], allowInsecureAuth: true, onAuth: (_auth, _session, done) => ((auths += 1), done(null, { user: 'u' })) }); // prettier-ignore
  away.on('error', () => undefined);
  await new Promise<void>((done) => away.listen(0, host, done));
  closing.push(() => new Promise((done) => away.close(() => done())));
  return { port: (away.server.address() as { port: number }).port, auths: () => auths };
}
