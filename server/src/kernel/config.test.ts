import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ConfigError, loadConfig } from './config.ts';
import { describeSettings } from './settings.ts';

let home: string;
beforeEach(() => void (home = mkdtempSync(join(tmpdir(), 'switchyard-config-'))));
afterEach(() => rmSync(home, { recursive: true, force: true }));

const KEY = randomBytes(32).toString('base64');
const load = (settings: Record<string, string> = {}) => loadConfig({ SWITCHYARD_HOME: home, ...settings });
function faultsOf(settings: Record<string, string>): string[] {
  try {
    load(settings);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n');
    throw error;
  }
}

test('with nothing set there is a default for everything', () => {
  expect(load()).toMatchObject({ port: 8420, host: '127.0.0.1', home, databaseUrl: undefined, demo: false, poolSize: 10, logLevel: 'info' });
});

test('the environment of the machine does not matter, only our names', () => {
  expect(faultsOf({ PATH: '/bin', HOME: '/', LANG: 'C' })).toEqual([]);
});

test('an unknown setting of ours stops the start and suggests the nearest', () => {
  expect(faultsOf({ SWITCHYARD_LOG_LEVLE: 'debug' })).toEqual([
    'SWITCHYARD_LOG_LEVLE: there is no such setting (did you mean SWITCHYARD_LOG_LEVEL?)',
  ]);
  expect(faultsOf({ SWITCHYARD_XYZ: '1' })).toEqual(['SWITCHYARD_XYZ: there is no such setting']);
  expect(faultsOf({ SWITCHYARD_URL: 'http://x', SWITCHYARD_CONTEXT: 'lab' })).toEqual([]);
});

test('every fault is told at once, with the name of the setting', () => {
  const faults = faultsOf({ PORT: '70000', DATABASE_URL: 'mysql://x', SWITCHYARD_POOL_SIZE: '1', SWITCHYARD_DEMO: 'maybe', SWITCHYARD_NO: '1' });
  expect(faults.map((line) => line.split(':')[0]!).sort((a, b) => (a < b ? -1 : 1))).toEqual([
    'DATABASE_URL',
    'PORT',
    'SWITCHYARD_DEMO',
    'SWITCHYARD_NO',
    'SWITCHYARD_POOL_SIZE',
  ]);
});

test.each([
  ['PORT', ['0', '8420', '65535'], ['-1', '65536', 'http', '1.5']],
  ['DATABASE_URL', ['postgres://u:p@h/d', 'postgresql://h:1/d'], ['h/d', 'https://h/d', 'postgres']],
  ['SWITCHYARD_LOG_LEVEL', ['info', 'silent'], ['INFO', 'loud']],
  ['SWITCHYARD_METRICS_TOKEN', ['0123456789abcdef'], ['short']],
  ['SWITCHYARD_DRAIN_SECONDS', ['1', '300'], ['0', '301', 'x']],
  ['SWITCHYARD_PUBLIC_URL', ['https://switchyard.example'], ['switchyard.example']],
  ['SWITCHYARD_DEMO', ['true', 'false', '1', '0'], ['yes', 'on']],
  ['REDIS_URL', ['redis://localhost:6379', 'rediss://u:p@h:1/2'], ['h:6379', 'http://h']],
  ['SWITCHYARD_REDIS_TIMEOUT_MS', ['50', '10000'], ['49', '0', 'soon']],
  ['SMTP_URL', ['smtp://mail.example', 'smtps://u:p@mail.example:465'], ['mail.example', 'http://mail.example']],
  ['SWITCHYARD_MAIL_FROM', ['no-reply@acme.example', 'Acme Mail <no-reply@acme.example>'], ['acme', 'a@b\r\nBcc: c@d', 'A <a@b>, B <c@d>']],
  ['SWITCHYARD_SMS_URL', ['twilio://AC1:t@api.twilio.com?from=%2B1', 'https://sms.example/send', 'log:'], ['sms', 'ftp://x']],
  ['SWITCHYARD_SIGNUP', ['open', 'invite_only', 'closed'], ['yes', 'invite-only']],
  ['SWITCHYARD_BASE_DOMAIN', ['switchyard.example', 'a.b-c.example'], ['https://switchyard.example', 'localhost', '-x.example', 'x..example']],
])('%s takes what makes sense and nothing else', (name, good, bad) => {
  for (const value of good) expect(faultsOf({ [name]: value }), value).toEqual([]);
  for (const value of bad) expect(faultsOf({ [name]: value })[0], value).toMatch(new RegExp(`^${name}: `));
});

test('without settings people may sign up, mail has a sender, and sessions live in PostgreSQL', () => {
  expect(load()).toMatchObject({
    name: 'Switchyard',
    signup: 'open',
    signupDomains: [],
    smtpUrl: undefined,
    mailFrom: 'no-reply@localhost',
    redis: undefined,
    sessionStore: 'postgres',
  });
  expect(load({ SWITCHYARD_PUBLIC_URL: 'https://portal.acme.example:8443/x' }).mailFrom).toBe('no-reply@portal.acme.example');
  expect(load({ SWITCHYARD_SIGNUP_DOMAINS: ' Acme.example, b.example,' }).signupDomains).toEqual(['acme.example', 'b.example']);
});

test('with Redis sessions live there, unless the setting says otherwise; without it they cannot', () => {
  const REDIS_URL = 'redis://localhost:6379';
  expect(load({ REDIS_URL })).toMatchObject({ sessionStore: 'redis', redis: { url: REDIS_URL, connections: 4, timeoutMs: 1_000 } });
  expect(load({ REDIS_URL, SWITCHYARD_SESSION_STORE: 'postgres' }).sessionStore).toBe('postgres');
  expect(faultsOf({ SWITCHYARD_SESSION_STORE: 'redis' })).toEqual(['SWITCHYARD_SESSION_STORE: sessions in redis need REDIS_URL, which is not set']);
});

test('ZeroTier controllers are of the kind that ZT_PROVIDER says, and of no other', () => {
  expect(load().zerotier).toEqual({ provider: 'self_hosted_controller', controllerUrl: undefined });
  const given = { ZT_PROVIDER: 'central', ZT_CONTROLLER_URL: 'http://127.0.0.1:9993/' };
  expect(load(given).zerotier).toEqual({ provider: 'central', controllerUrl: 'http://127.0.0.1:9993' });
  const files = {
    ZT_STATE_DIR: '/var/lib/zerotier-one',
    ZT_STOP_COMMAND: 'systemctl stop zerotier-one',
    ZT_START_COMMAND: 'systemctl start zerotier-one',
  };
  expect(load(files).zerotier).toMatchObject({ stateDir: '/var/lib/zerotier-one', stopCommand: 'systemctl stop zerotier-one', startCommand: 'systemctl start zerotier-one' }); // prettier-ignore
  expect(faultsOf({ ZT_STATE_DIR: 'zerotier-one' })).toEqual([expect.stringContaining('ZT_STATE_DIR')]);
  expect(faultsOf({ ZT_PROVIDER: 'mine' })).toEqual([expect.stringContaining('ZT_PROVIDER')]);
});

test('a setting left empty counts as not set', () => {
  expect(load({ PORT: '', DATABASE_URL: '', SWITCHYARD_LOG_LEVEL: '' })).toMatchObject({ port: 8420, databaseUrl: undefined, logLevel: 'info' });
});

test('the master key is made once, for the owner’s eyes only, and is the same at the next start', () => {
  const first = load().masterKey;
  expect(first).toHaveLength(32);
  expect(statSync(join(home, 'master.key')).mode & 0o777).toBe(0o600);
  expect(load().masterKey).toEqual(first);
});

test('a key from the environment wins and leaves no file', () => {
  expect(Buffer.from(load({ SWITCHYARD_MASTER_KEY: KEY }).masterKey).toString('base64')).toBe(KEY);
  expect(() => readFileSync(join(home, 'master.key'))).toThrow('ENOENT');
});

test.each([
  ['one byte over and over', Buffer.alloc(32)],
  ['a few over and over', Buffer.from('switchyard'.repeat(4).slice(0, 32))],
])('a master key that is no random one stops the start, as variable and as file, but is taken as the previous one: %s', (_what, bytes) => {
  const weak = bytes.toString('base64');
  const file = join(home, 'weak.key');
  writeFileSync(file, weak, { mode: 0o600 });
  for (const settings of [{ SWITCHYARD_MASTER_KEY: weak }, { SWITCHYARD_MASTER_KEY_FILE: file }]) {
    const [fault = ''] = faultsOf(settings);
    expect(fault).toMatch(/^the master key is not random.*openssl rand/);
    expect(fault).not.toContain(weak);
  }
  expect(load({ SWITCHYARD_MASTER_KEY: KEY, SWITCHYARD_MASTER_KEY_PREVIOUS: weak }).masterKey).toHaveLength(32);
});

test.each([
  ['SWITCHYARD_METRICS_TOKEN', ['changeme12345678', '<your-token-here>', 'xxxxxxxxxxxxxxxxxxxx'], '0123456789abcdef'],
  ['SWITCHYARD_PEERINGDB_API_KEY', ['CHANGE_ME', 'your-api-key', 'password123'], 'Zq3xK0aa.Bq2'],
  ['DATABASE_URL', ['postgres://u:password@db.example/x', 'postgres://u:change%2Dme@db.example/x'], 'postgres://u:password@localhost/x'],
  ['REDIS_URL', ['redis://:secret@cache.example:6379'], 'redis://:Vq8.long-one@cache.example:6379'],
  ['SMTP_URL', ['smtps://u:Passw0rd@mail.example'], 'smtps://u:passwords-of-ours@mail.example'],
])('%s is refused with what stands in examples, and the value is not repeated', (name, weak, fine) => {
  for (const value of weak) expect([value, faultsOf({ [name]: value })]).toEqual([value, [expect.stringMatching(new RegExp(`^${name}: .*examples`))]]);
  for (const value of weak) expect(faultsOf({ [name]: value })[0]).not.toContain(value);
  expect(faultsOf({ [name]: fine })).toEqual([]);
}); // prettier-ignore

test('a key file that others may read is refused, with the command that mends it', () => {
  const file = join(home, 'key');
  writeFileSync(file, KEY, { mode: 0o600 });
  expect(load({ SWITCHYARD_MASTER_KEY_FILE: file }).masterKey).toHaveLength(32);
  for (const mode of [0o640, 0o604, 0o660]) {
    chmodSync(file, mode);
    expect(faultsOf({ SWITCHYARD_MASTER_KEY_FILE: file })).toEqual([`${file}: others may read the master key; run: chmod 600 ${file}`]);
  }
});

test('a key file that was named must exist; it is not made up', () => {
  const file = join(home, 'absent');
  expect(faultsOf({ SWITCHYARD_MASTER_KEY_FILE: file })).toEqual([`SWITCHYARD_MASTER_KEY_FILE: ${file} does not exist`]);
});

test.each([
  ['too short', Buffer.alloc(16).toString('base64')],
  ['too long', Buffer.alloc(33).toString('base64')],
  ['a passphrase', 'correct horse battery staple, and then some more'],
  ['a key with a slip of the hand in it', `${KEY.slice(0, 20)}!${KEY.slice(20)}`],
])('a master key that is %s is refused', (_what, key) => {
  expect(faultsOf({ SWITCHYARD_MASTER_KEY: key })[0]).toMatch(/must be 32 bytes in base64/);
});

test('two processes that start together on an empty home get one key', async () => {
  const script = `import { loadConfig } from ${JSON.stringify(new URL('./config.ts', import.meta.url).href)};
    process.stdout.write(Buffer.from(loadConfig().masterKey).toString('base64'));`;
  const { execFile } = await import('node:child_process');
  const { promisify } = await import('node:util');
  const run = () =>
    promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], { env: { PATH: '/usr/bin:/bin', SWITCHYARD_HOME: home } });
  const keys = await Promise.all([run(), run(), run(), run()]);
  expect(new Set(keys.map(({ stdout }) => stdout)).size).toBe(1);
});

test('every setting is described, and the description of none is empty', () => {
  const described = describeSettings();
  expect(described.length).toBeGreaterThan(10);
  for (const { name, meaning } of described) expect(meaning, name).not.toBe('');
});

describe('previous master keys', () => {
  const OTHER = randomBytes(32).toString('base64');
  const previous = (settings: Record<string, string> = {}) => load(settings).previousMasterKeys.map((key) => Buffer.from(key).toString('base64'));

  test('come from the variable, with commas, and from a file, one a line; there need be none', () => {
    expect(previous()).toEqual([]);
    expect(previous({ SWITCHYARD_MASTER_KEY_PREVIOUS: `${KEY}, ${OTHER}` })).toEqual([KEY, OTHER]);
    writeFileSync(join(home, 'master.key.previous'), `${OTHER}\n\n`, { mode: 0o600 });
    expect(previous({ SWITCHYARD_MASTER_KEY_PREVIOUS: KEY })).toEqual([KEY, OTHER]);
    const file = join(home, 'elsewhere');
    writeFileSync(file, `${KEY}\n${OTHER}\n`, { mode: 0o600 });
    expect(previous({ SWITCHYARD_MASTER_KEY_PREVIOUS_FILE: file })).toEqual([KEY, OTHER]);
  });

  test('are refused with a slip in one of them, or where others may read them', () => {
    expect(faultsOf({ SWITCHYARD_MASTER_KEY_PREVIOUS: `${KEY},short` })[0]).toMatch(/^previous master key 2 must be 32 bytes in base64/);
    expect(faultsOf({ SWITCHYARD_MASTER_KEY_PREVIOUS_FILE: join(home, 'nowhere') })[0]).toMatch(/nowhere does not exist$/);
    const file = join(home, 'master.key.previous');
    writeFileSync(file, `${KEY}\n`, { mode: 0o600 });
    chmodSync(file, 0o644);
    expect(faultsOf({})[0]).toBe(`${file}: others may read the master key; run: chmod 600 ${file}`);
  });
});
