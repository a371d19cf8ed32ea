import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createNodeRun, faultOf, outputOf, type Setting } from '#test/lone-node.ts';
import type { Json } from '../../graph.ts';
import { byConfig } from '../declare.ts';
import { data } from './index.ts';
import { signedHeaders } from './s3.ts';

/** Of e2e/fakes/s3.ts, which is no part of this package. */
interface S3Fake {
  port: number;
  key: string;
  secret: string;
  objects: (bucket: string) => Map<string, { body: Buffer; type: string; etag: string; modified: Date }>;
  asked: string[];
  clockOff: (milliseconds: number) => void;
  slowOnce: (seconds: number) => void;
  answerOnce: (status: number, body: string) => void;
  close: () => Promise<void>;
}
type Start = (options: { buckets: Record<string, string>; domain: string }) => Promise<S3Fake>;

const DOMAIN = 's3.example.test';
let fake: S3Fake;
beforeAll(async () => {
  const { startS3 } = (await import(new URL('../../../../../../e2e/fakes/s3.ts', import.meta.url).href)) as { startS3: Start };
  fake = await startS3({ buckets: { backups: 'us-east-1', 'logs.eu': 'eu-central-1', empty: 'us-east-1' }, domain: DOMAIN });
});
afterAll(() => fake.close());
beforeEach(() => {
  fake.objects('backups').clear();
  fake.asked.length = 0;
  fake.clockOff(0);
});

const at = ({ who = `${fake.key}:${fake.secret}`, host = '127.0.0.1', more = '' } = {}): string =>
  `s3://${who}@${host}:${fake.port}/?sslmode=disable${more}`;
const look = async () => [{ address: '127.0.0.1', family: 4 }];
const world = (input: Json, DB: string, more: Setting = {}) => createNodeRun({ lab: true, input, secrets: { DB }, look, ...more });
const s3 = (config: Record<string, Json>): Record<string, Json> => ({ source: 's3', connection: 'secret://DB', bucket: 'backups', ...config });
const ask = async (config: Record<string, Json>, input: Json = null, connection = at()) =>
  outputOf(await world(input, connection).start(data, s3(config)));
const refused = (config: Record<string, Json>, input: Json = null, connection = at()) => faultOf(world(input, connection).start(data, s3(config)));
const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

const KEYS = [
  'a.txt',
  'dir/b c.txt',
  'ü/🙂.json',
  "!*'()~-_.$&+,;=@",
  'per%20cent',
  '//twice//',
  'a:b#c?d=e',
  ' blank ',
  '<xml>&"quoted"</xml>',
  '100%',
  `long/${'k'.repeat(900)}`,
];

describe('workflows 32: data', () => {
  test('s3: signs as the published examples say', async () => {
    const who = { key: 'AKIAIOSFODNN7EXAMPLE', secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', region: 'us-east-1' };
    const signing = { method: 'GET', host: 'examplebucket.s3.amazonaws.com', path: '/', query: {}, headers: {} };
    const signature = async (more: Partial<Parameters<typeof signedHeaders>[0]>) => (await signedHeaders({ ...signing, ...more }, who, new Date('2013-05-24T00:00:00Z')))['authorization'];
    // "GET Object" and "GET Bucket (List Objects)" of the S3 API Reference, Examples of signature calculations.
    expect(await signature({ path: '/test.txt', headers: { range: 'bytes=0-9' } })).toContain('Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41');
    expect(await signature({ query: { 'max-keys': '2', prefix: 'J' } })).toContain('Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7');
  }); // prettier-ignore

  test.each(KEYS)('s3: %j is put, listed, got and deleted, by path and by name', async (key) => {
    for (const connection of [at(), at({ host: DOMAIN, more: '&style=virtual' })]) {
      const text = `content of ${key}`;
      expect(await ask({ action: 'put', key }, text, connection)).toEqual({ rows: [{ key, size: Buffer.byteLength(text), etag: md5(text) }], count: 1, affected: 1 });
      expect([...fake.objects('backups').keys()]).toEqual([key]);
      expect(await ask({ action: 'list' }, null, connection)).toMatchObject({ rows: [{ key, size: Buffer.byteLength(text), etag: md5(text), lastModified: expect.stringMatching(/^20.*Z$/) }] });
      expect(await ask({ action: 'list', prefix: [...key].slice(0, 3).join('') }, null, connection)).toMatchObject({ count: 1 });
      expect(await ask({ action: 'get', key }, null, connection)).toMatchObject({ text, rows: [] });
      for (let time = 0; time < 2; time++) expect(await ask({ action: 'delete', key }, null, connection)).toMatchObject({ affected: 1 });
      expect(await refused({ action: 'get', key }, null, connection)).toMatchObject({ type: 's3-error', class: 'not_found', details: { status: 404, code: 'NoSuchKey' } });
      expect(await ask({ action: 'list' }, null, connection)).toMatchObject({ rows: [], count: 0 });
    }
    expect(fake.asked[0]).toMatch(/^PUT 127\.0\.0\.1:\d+ \/backups\//);
    expect(fake.asked.at(-1)).toMatch(/^GET backups\.s3\.example\.test:\d+ \/\?/);
  }); // prettier-ignore

  test('s3: texts, values, rows and files go in as what they are, and come out so', async () => {
    const stored = (key: string) => fake.objects('backups').get(key)!;
    await ask({ action: 'put', key: 'rows.json' }, [{ a: 1 }, { a: 2 }, { a: 3 }]);
    expect(stored('rows.json')).toMatchObject({ type: 'application/json', body: Buffer.from('[{"a":1},{"a":2},{"a":3}]') });
    expect(await ask({ action: 'get', key: 'rows.json', where: 'item.a > 1', limit: 1 })).toMatchObject({ rows: [{ a: 2 }], count: 1 });
    await ask({ action: 'put', key: 'one', values: '{"deep": {"a": input}}' }, 5);
    expect(await ask({ action: 'get', key: 'one' })).toMatchObject({ rows: [{ deep: { a: 5 } }] });
    expect(await ask({ action: 'get', key: 'one', parse: 'text' })).toMatchObject({ text: '{"deep":{"a":5}}', rows: [] });
    await ask({ action: 'put', key: 'table.csv' }, 'name,n\nedge,1\n');
    expect(stored('table.csv').type).toBe('text/plain; charset=utf-8');
    expect(await ask({ action: 'get', key: 'table.csv', parse: 'csv' })).toMatchObject({ rows: [{ name: 'edge', n: '1' }] });
    expect(await refused({ action: 'get', key: 'table.csv', parse: 'json' })).toMatchObject({ type: 'http-body', class: 'validation' });
    await ask({ action: 'put', key: 'nothing' }, '');
    expect(await ask({ action: 'get', key: 'nothing' })).toMatchObject({ text: '' });
    const bytes = Buffer.from([0, 255, 137, 80]);
    const here = world(null, at());
    const file = await here.run.files.put(bytes, { name: 'x.png', mime: 'image/png' });
    const there = createNodeRun({ lab: true, input: { ...file }, secrets: { DB: at() } });
    there.files.set(file.$file, bytes);
    await there.start(data, s3({ action: 'put', key: 'dir/x.png' }));
    expect(stored('dir/x.png')).toMatchObject({ type: 'image/png', body: bytes });
    const { file: got } = outputOf(await there.start(data, s3({ action: 'get', key: 'dir/x.png' }))) as { file: { $file: string; name: string; mime: string; size: number } };
    expect(got).toMatchObject({ name: 'x.png', mime: 'image/png', size: 4 });
    expect(there.files.get(got.$file)).toEqual(bytes);
  }); // prettier-ignore

  test('s3: a list goes over its pages up to the limit, and an expression sees each key', async () => {
    const modified = new Date();
    for (let n = 0; n < 2_500; n++) fake.objects('backups').set(`k/${String(n).padStart(5, '0')}`, { body: Buffer.alloc(n % 7), type: 'x', etag: '"e"', modified });
    const { rows } = (await ask({ action: 'list', limit: 10_000 })) as { rows: { key: string }[] };
    expect(rows.map(({ key }) => key)).toEqual([...fake.objects('backups').keys()]);
    expect(fake.asked).toHaveLength(3);
    fake.asked.length = 0;
    expect(await ask({ action: 'list', limit: 1_500 })).toMatchObject({ count: 1_500 });
    expect(fake.asked).toHaveLength(2);
    expect(await ask({ action: 'list', limit: 2, where: 'item.key.endsWith("99") && item.size == 6' })).toMatchObject({ rows: [{ key: 'k/00699' }, { key: 'k/01399' }] });
    expect(await ask({ action: 'list', prefix: 'k/0001' })).toMatchObject({ count: 10 });
  }); // prettier-ignore

  test('s3: what is refused is told apart, without anything of the connection', async () => {
    const list = { action: 'list' };
    const cases: [Record<string, Json>, string, Record<string, unknown>][] = [
      [list, at({ who: `${fake.key}:not-the-secret` }), { class: 'auth', details: { status: 403, code: 'SignatureDoesNotMatch' } }],
      [list, at({ who: `NOBODY:${fake.secret}` }), { class: 'auth', details: { code: 'InvalidAccessKeyId' } }],
      [{ ...list, bucket: 'nowhere' }, at(), { class: 'config', details: { status: 404, code: 'NoSuchBucket' } }],
      [{ ...list, bucket: 'logs.eu' }, at(), { class: 'config', details: { code: 'AuthorizationHeaderMalformed' } }],
      [{ action: 'put', key: 'k'.repeat(400) + 'ü'.repeat(400) }, at(), { class: 'validation', details: { code: 'KeyTooLongError' } }],
    ];
    for (const [config, connection, wanted] of cases) {
      const found = await refused(config, null, connection);
      expect(found).toMatchObject({ type: 's3-error', ...wanted });
      expect(JSON.stringify([found.message, found.details])).not.toMatch(/not-the-secret|a\+secret/);
    }
    expect(await ask({ ...list, bucket: 'logs.eu' }, null, at({ more: '&region=eu-central-1' }))).toMatchObject({ count: 0 });
    for (const [minutes, works] of [[14, true], [-14, true], [16, false], [-16, false]] as const) {
      fake.clockOff(minutes * 60_000);
      if (works) await ask(list);
      else expect(await refused(list)).toMatchObject({ class: 'auth', details: { code: 'RequestTimeTooSkewed' }, message: expect.stringContaining('clock') });
    }
    fake.clockOff(0);
    fake.slowOnce(7);
    expect(await refused(list)).toMatchObject({ class: 'transient', retryAfterSeconds: 7, details: { status: 503, code: 'SlowDown' } });
    fake.answerOnce(500, 'no XML');
    expect(await refused(list)).toMatchObject({ class: 'transient', details: { status: 500, code: '' } });
    fake.answerOnce(200, '<html><body>A page</body></html>');
    expect(await refused(list)).toMatchObject({ type: 's3-error', class: 'provider' });
    fake.answerOnce(200, '<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>');
    expect(await refused(list)).toMatchObject({ type: 's3-error', class: 'provider' });
    fake.answerOnce(200, '<ListBucketResult><Contents><Key>%zz</Key></Contents></ListBucketResult>');
    expect(await refused(list)).toMatchObject({ type: 's3-error', class: 'provider' });
    fake.answerOnce(307, '<Error><Code>TemporaryRedirect</Code></Error>');
    expect(await refused(list)).toMatchObject({ class: 'config' });
  }); // prettier-ignore

  test('s3: connections and names that say too little, or too much, are told, and nothing is sent', async () => {
    for (const connection of ['https://x', 's3://KEY@host/', 's3://KEY:hush-hush@', 's3://KEY:hush-hush@?region=EU', 's3://KEY:hush-hush@?region=a.evil.test/', 's3://K:hush-hush@h/?style=both', 's3://K:hush-hush@h/?sslmode=prefer', 's3://K:hush-hush100%@h/', 's3://K:hush-hush@evil#h/', 's3://K:hush-hush@[::1/', 's3://K:hush-hush@h:99999/']) {
      const found = await refused({ action: 'list' }, null, connection);
      expect(found, connection).toMatchObject({ class: 'config' });
      expect(found.message).not.toContain('hush');
    }
    for (const bucket of ['Upper', 'a', 'evil.test/x', 'a_b', 'x'.repeat(64), '', '-a-', 'b@c'])
      for (const connection of [at(), at({ host: DOMAIN, more: '&style=virtual' })]) expect((await refused({ action: 'list', bucket }, null, connection)).class, bucket).toBe('config');
    for (const key of ['..', 'a/../b', './a', 'a/.', '\uD83D', '']) expect((await refused({ action: 'get', key })).class, key).toBe('config');
    expect(fake.asked).toEqual([]);
  }); // prettier-ignore

  test('s3: at AWS the region names the host, and every address is judged', async () => {
    const looked: string[] = [];
    const away = { look: async (host: string) => (looked.push(host), [{ address: '10.0.0.1', family: 4 }]), lab: false };
    const to = (DB: string, bucket = 'backups') => faultOf(world(null, DB, away).start(data, s3({ action: 'list', bucket })));
    expect(await to('s3://KEY:se/cr+et@?region=eu-central-1')).toMatchObject({ type: 'egress-denied' });
    expect(await to('s3://KEY:se/cr+et@/?region=cn-north-1')).toMatchObject({ type: 'egress-denied' });
    // No certificate of theirs is for a name with one more dot.
    await to('s3://KEY:se/cr+et@?region=eu-central-1', 'logs.eu');
    await to('s3://KEY:se/cr+et@minio.example.net');
    expect(looked).toEqual(['backups.s3.eu-central-1.amazonaws.com', 'backups.s3.cn-north-1.amazonaws.com.cn', 's3.eu-central-1.amazonaws.com', 'minio.example.net']);
    expect(await to('s3://KEY:secret@169.254.169.254/?sslmode=disable')).toMatchObject({ type: 'egress-denied' });
    expect(await to('s3://KEY:secret@minio.example.net:9000')).toMatchObject({ type: 'egress-denied', message: expect.stringContaining('port 9000') });
  }); // prettier-ignore

  test('s3: a dry run tells what would be done, and asks nobody', async () => {
    const would = await world([1, 2], 's3://KEY:hush-hush@?region=eu-central-1').simulate(data, s3({ action: 'put', key: 'x' }));
    expect(would).toMatchObject({ would: { source: 's3', action: 'put', bucket: 'backups', key: 'x', bytes: 5, type: 'application/json' } });
    expect(await world(null, at()).simulate(data, s3({ action: 'list', prefix: 'p' }))).toMatchObject({ would: { action: 'list', prefix: 'p' } });
    expect(JSON.stringify(would)).not.toContain('hush-hush');
    expect(fake.asked).toEqual([]);
  });

  test('s3: what writes is an effect that may be repeated, and what is missing is found', () => {
    const of = (config: Record<string, Json>) => [byConfig(data.effect, config), byConfig(data.inDoubt!, config)];
    expect(['put', 'delete', 'get', 'list'].map((action) => of(s3({ action })))).toEqual([['effect', 'retry'], ['effect', 'retry'], ['read', 'retry'], ['read', 'retry']]);
    expect(of({ source: 'csv', action: 'put' })).toEqual(['read', 'retry']);
    expect(data.check!({ source: 's3', action: 'put' })).toMatchObject([{ pointer: '/connection' }, { pointer: '/bucket' }, { pointer: '/key' }]);
    expect(data.check!(s3({ action: 'list' }))).toEqual([]);
    expect(data.check!(s3({ action: 'select' }))).toMatchObject([{ pointer: '/action' }]);
  }); // prettier-ignore
});
