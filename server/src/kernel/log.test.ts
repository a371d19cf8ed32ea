import { spawnSync } from 'node:child_process';
import { PassThrough } from 'node:stream';
import { DrizzleQueryError } from 'drizzle-orm/errors';
import { expect, test } from 'vitest';
import { createLog, type Log } from './log.ts';
import { Problem } from './problem.ts';
import './problems.ts';
import { within } from './whereabouts.ts';

function written(say: (log: Log) => void): Record<string, unknown> & { text: string } {
  const stream = new PassThrough();
  say(createLog('info', stream));
  const text = String(stream.read());
  return { ...(JSON.parse(text) as Record<string, unknown>), text };
}

test('a line is JSON with time, level and what was said', () => {
  const line = written((log) => log.info({ route: '/x', ms: 3 }, 'request'));
  expect(line).toMatchObject({ level: 'info', app: 'switchyard', route: '/x', ms: 3, msg: 'request' });
  expect(line['time']).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
});

test('fields that are called like secrets are cut out, at any depth that we log', () => {
  const fields = { token: 'canary', one: { password: 'canary', two: { apiKey: 'canary', fine: 1 } }, list: [{ cookie: 'canary' }], key: 'canary' };
  const line = written((log) => log.info(fields, 'said'));
  expect(line.text).not.toContain('canary');
  expect(line).toMatchObject({
    token: '[secret]',
    one: { password: '[secret]', two: { apiKey: '[secret]', fine: 1 } },
    list: [{ cookie: '[secret]' }],
  });
  expect(fields.token, 'the caller’s object is left alone').toBe('canary');
});

test('an error is told with its causes, but not with the values of a failed query', () => {
  const refused = Object.assign(new Error('duplicate key value'), { code: '23505', detail: 'Key (token)=(canary) already exists.' });
  const failed = new DrizzleQueryError('insert into sessions (token) values ($1)', ['canary'], refused);
  const line = written((log) => log.error({ err: failed }, 'failed'));
  expect(line.text).not.toContain('canary');
  expect(line['err']).toMatchObject({ message: 'Failed query: insert into sessions (token) values ($1)', cause: { message: 'duplicate key value', code: '23505' } });
  expect((line['err'] as { stack: string }).stack).toContain('log.test.ts');
}); // prettier-ignore

test('a problem is told with its slug, and what is no error is told too', () => {
  expect(written((log) => log.warn({ err: new Problem('not-found', 'There is none.') }))['err']).toMatchObject({ slug: 'not-found', message: 'There is none.' });
  expect(written((log) => log.warn({ err: 'a text' }))['err']).toBe('a text');
  expect(written((log) => log.warn({ err: null }))['err']).toBeNull();
}); // prettier-ignore

test('a line has the ids of the call, the Change and the job that it was written in; what it says itself wins', async () => {
  const said = await within({ requestId: 'r1', tenantId: 't1' }, async () => {
    await Promise.resolve();
    return within({ changeId: 'c1', jobId: 'j1' }, () => written((log) => log.info({ tenantId: 'other' }, 'said')));
  });
  expect(said).toMatchObject({ requestId: 'r1', changeId: 'c1', jobId: 'j1', tenantId: 'other' });
  expect(written((log) => log.info('said'))).not.toHaveProperty('requestId');
});

test('without a place of its own it writes to stderr, gathered, and lets nothing wait at the end', () => {
  const script = `import { createLog } from ${JSON.stringify(new URL('./log.ts', import.meta.url).href)};
    const log = createLog('info'); for (let n = 0; n < 500; n++) log.info({ n }, 'said'); process.exit(0);`;
  const { stderr, stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' });
  const lines = stderr.trim().split('\n').map((line) => JSON.parse(line) as { n: number }); // prettier-ignore
  expect(lines.map(({ n }) => n)).toEqual(Array.from({ length: 500 }, (_, n) => n));
  expect(stdout).toBe('');
});
