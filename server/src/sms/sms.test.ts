import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SmsFault } from '#kernel/sms.ts';
import { createSms } from './index.ts';

interface Twilio {
  url: string;
  port: number;
  messages: { to: string; from: string | null; body: string }[];
  busyOnce: (seconds: number) => void;
  failOnce: () => void;
  codeFor: (to: string) => string | undefined;
  close: () => Promise<void>;
}
interface TwilioOptions {
  numbers?: string[];
  services?: string[];
  landlines?: string[];
  stopped?: string[];
  regions?: string[];
}

const lines: string[] = [];
const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
const closing: (() => Promise<void>)[] = [];
let folder: string;
beforeEach(() => {
  lines.length = 0;
  folder = join(mkdtempSync(join(tmpdir(), 'switchyard-sms-')), 'sms');
});
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
  rmSync(join(folder, '..'), { recursive: true, force: true });
});

/** By its path: the fake belongs to the journeys, which the server does not know. */
async function twilio(options: TwilioOptions = {}): Promise<Twilio> {
  const { startTwilio } = (await import(new URL('../../../e2e/fakes/twilio.ts', import.meta.url).href)) as {
    startTwilio: (options: TwilioOptions) => Promise<Twilio>;
  };
  const started = await startTwilio(options);
  closing.push(started.close);
  return started;
}
const smsBy = (url: string) => createSms(url, { folder, log });
async function faultOf(sending: Promise<void>): Promise<SmsFault> {
  const error = await sending.then(() => undefined, (found: unknown) => found); // prettier-ignore
  if (error instanceof SmsFault) return error;
  throw new Error(`the text was not refused: ${String(error)}`);
}
const TO = '+4915112345678';
const CODE = { to: TO, text: 'Switchyard: 482913 is your code.' };

test('a text goes out by Twilio, from the number of the address', async () => {
  const carrier = await twilio({ numbers: ['+4930901820'] });
  const sms = smsBy(carrier.url);
  await sms.send(CODE);
  expect(sms.kind).toBe('twilio');
  expect(carrier.messages).toMatchObject([{ to: TO, from: '+4930901820', body: CODE.text }]);
  expect(carrier.codeFor(TO)).toBe('482913');
});

test('a plus sign in the address may be written as it is', async () => {
  const carrier = await twilio({ numbers: ['+4930901820'] });
  await smsBy(carrier.url.replace('%2B', '+')).send(CODE);
  expect(carrier.messages).toHaveLength(1);
});

test('a messaging service chooses the number itself', async () => {
  const carrier = await twilio({ services: ['MG1'] });
  await smsBy(carrier.url.replace(/from=.*$/, 'service=MG1')).send(CODE);
  expect(carrier.messages).toMatchObject([{ from: null }]);
  expect(await faultOf(smsBy(carrier.url.replace(/from=.*$/, 'service=MG2')).send(CODE))).toMatchObject({ reason: 'down' });
});

test.each([
  ['no number', { to: '+49' }, {}, 'number'],
  ['a landline', {}, { landlines: [TO] }, 'number'],
  ['a country that is not allowed', {}, { regions: ['+1'] }, 'country'],
  ['somebody who answered STOP', {}, { stopped: [TO] }, 'blocked'],
  ['a sender that is not ours', {}, { numbers: [] }, 'down'],
  ['a text that is too long', { text: 'x'.repeat(1601) }, {}, 'down'],
] as const)('%s is told as such, without number or text', async (_what, message, options, reason) => {
  const carrier = await twilio(options as TwilioOptions);
  const fault = await faultOf(smsBy(carrier.url).send({ ...CODE, ...message }));
  expect(fault.reason).toBe(reason);
  expect(`${fault.message} ${String(fault.cause)}`).not.toMatch(/4915112345678|482913/);
  expect(carrier.messages).toEqual([]);
});

test('a carrier that is busy says for how long; one that is down is down; the next text goes', async () => {
  const carrier = await twilio();
  const sms = smsBy(carrier.url);
  carrier.busyOnce(7);
  expect(await faultOf(sms.send(CODE))).toMatchObject({ reason: 'busy', retryAfterSeconds: 7 });
  carrier.failOnce();
  expect(await faultOf(sms.send(CODE))).toMatchObject({ reason: 'down', retryAfterSeconds: undefined });
  await sms.send(CODE);
  expect(carrier.messages).toHaveLength(1);
});

test('a wrong token is our fault, not the number’s', async () => {
  const carrier = await twilio();
  expect(await faultOf(smsBy(carrier.url.replace('f4k3', 'nope')).send(CODE))).toMatchObject({ reason: 'down' });
  await carrier.close();
  expect(await faultOf(smsBy(carrier.url).send(CODE))).toMatchObject({ reason: 'down' });
});

interface Seen {
  authorization: string | undefined;
  url: string | undefined;
  body: string;
}
async function gateway(status: number, headers: Record<string, string> = {}): Promise<{ host: string; seen: Seen[] }> {
  const seen: Seen[] = [];
  const read = async (request: IncomingMessage): Promise<string> => (await request.toArray()).join('');
  const listener: RequestListener = (request, response) =>
    void read(request).then((body) => {
      seen.push({ authorization: request.headers.authorization, url: request.url, body });
      return response.writeHead(status, headers).end('{}');
    });
  const server = createServer(listener);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  closing.push(() => new Promise((done) => (server.close(() => done()), server.closeAllConnections())));
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

test.each([
  ['user:p%40ss@', `Basic ${Buffer.from('user:p@ss').toString('base64')}`],
  [':t0ken@', 'Bearer t0ken'],
  ['', undefined],
])('any gateway takes number and text as JSON (%s)', async (login, authorization) => {
  const { host, seen } = await gateway(202);
  await smsBy(`http://${login}${host}/send?from=us`).send(CODE);
  expect(seen).toEqual([{ authorization, url: '/send?from=us', body: JSON.stringify(CODE) }]);
});

test.each([
  [422, 'number'],
  [400, 'number'],
  [429, 'busy'],
  [401, 'down'],
  [500, 'down'],
])('a gateway that answers %i means %s', async (status, reason) => {
  const { host } = await gateway(status);
  expect(await faultOf(smsBy(`http://${host}`).send(CODE))).toMatchObject({ reason });
});

test('a gateway that sends us elsewhere is not followed: the text and the password stay here', async () => {
  const elsewhere = await gateway(200);
  const { host } = await gateway(307, { location: `http://${elsewhere.host}/` });
  expect(await faultOf(smsBy(`http://user:secret@${host}`).send(CODE))).toMatchObject({ reason: 'down' });
  expect(elsewhere.seen).toEqual([]);
});

test('without a carrier the text is a file for its owner alone, and the log names only the file', async () => {
  const sms = smsBy('log:');
  await sms.send(CODE);
  const [name] = readdirSync(folder);
  expect(readFileSync(join(folder, name!), 'utf8')).toBe(`To: ${TO}\n\n${CODE.text}\n`);
  expect(statSync(join(folder, name!)).mode & 0o777).toBe(0o600);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(lines.join('')).toContain(name);
  expect(lines.join('')).not.toMatch(/482913|4915112345678/);
});
