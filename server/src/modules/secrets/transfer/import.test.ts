import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSafe, type Safe } from '#test/safe.ts';
import type { Person } from '#test/world.ts';
import { envVarsList, secretsCreate, secretsExport, secretsImport, secretsInject, secretsList, secretsVersions } from '../index.ts';

let safe: Safe;
let dana: Person;
beforeAll(async () => {
  safe = await createSafe();
  dana = safe.as({ name: 'dana' });
});
afterAll(() => safe.close());

const stored = async (project?: string) =>
  (await safe.done(secretsList, { limit: 200, ...(project ? { project } : {}) }, dana)).items.map(({ name }) => name);
const place = (project: string) => ({ scope: 'project' as const, project });

test('platform 105: Given an import with 3 bad lines, when dry run, then the three with line numbers and no write.', async () => {
  const content = ['DB_HOST=db.example', 'not a line', 'lower_case=hunter2hunter2', 'export API_TOKEN="hunter2hunter2"', 'NODE_ENV=production'].join(
    '\n',
  );
  const planned = await safe.call(secretsImport, { content }, dana, { dryRun: true });
  if (planned.status !== 'planned') throw new Error(planned.status);
  expect(planned.plan.facts).toEqual({
    created: [{ name: 'DB_HOST', line: 1 }, { name: 'API_TOKEN', line: 4 }],
    changed: [],
    skipped: [],
    invalid: [
      { line: 2, name: null, reason: 'is not NAME=value' },
      { line: 3, name: 'lower_case', reason: expect.stringContaining('is no name') },
      { line: 5, name: 'NODE_ENV', reason: expect.stringContaining('reserved') },
    ],
  }); // prettier-ignore
  expect(planned.plan.warnings.map((warning) => warning.slice(0, 7))).toEqual(['Line 2:', 'Line 3:', 'Line 5:']);
  expect(JSON.stringify(planned)).not.toContain('hunter2');
  const refused = await safe.refused(secretsImport, { content }, dana);
  expect([refused.slug, refused.kind.status]).toEqual(['secret-import-invalid', 422]);
  expect(refused.extras.errors!.map(({ message }) => message.split(':')[0])).toEqual(['line 2', 'line 3', 'line 5']);
  expect(JSON.stringify(refused)).not.toContain('hunter2');
  expect(await stored()).toEqual([]);
  expect(await safe.sql(`select 1 from events where type = 'secret.created'`)).toEqual([]);
});

test('what is there is skipped, or gets a new version when it is to be overwritten; what is new is made', async () => {
  const { id } = await safe.done(secretsCreate, { name: 'OLD_KEY', value: 'first-value', type: 'text', ...place('shop') }, dana);
  const content = '{ "OLD_KEY": "second-value", "PEM_KEY": "-----BEGIN\\nx\\n-----", "NEW_KEY": 42 }';
  const kept = await safe.done(secretsImport, { content, ...place('shop') }, dana);
  expect(kept).toEqual({ created: ['PEM_KEY', 'NEW_KEY'], changed: [], skipped: ['OLD_KEY'] });
  expect((await safe.done(secretsVersions, { id }, dana)).items).toHaveLength(1);
  const over = await safe.done(secretsImport, { content, ...place('shop'), overwrite: true }, dana);
  expect(over).toEqual({ created: [], changed: ['OLD_KEY', 'PEM_KEY', 'NEW_KEY'], skipped: [] });
  expect((await safe.done(secretsVersions, { id }, dana)).items.map(({ number }) => number)).toEqual([2, 1]);
  const { values } = await safe.done(secretsInject, { project: 'shop' }, dana);
  expect(values).toEqual({ OLD_KEY: 'second-value', PEM_KEY: '-----BEGIN\nx\n-----', NEW_KEY: '42' });
});

test('all or nothing: what the database refuses in the middle undoes the lines before', async () => {
  await safe.done(secretsCreate, { name: 'TYPED_KEY', value: '5', type: 'number', ...place('half') }, dana);
  const refused = await safe.refused(secretsImport, { content: 'AAA_KEY=1\nTYPED_KEY=five', ...place('half'), overwrite: true }, dana);
  expect(refused.extras['lines']).toEqual([{ line: 2, name: 'TYPED_KEY', reason: 'is not a number' }]);
  expect(await stored('half')).toEqual(['TYPED_KEY']);
  const many = Array.from({ length: 501 }, (_, at) => `KEY_${at}=1`).join('\n');
  expect((await safe.refused(secretsImport, { content: many }, dana)).slug).toBe('secret-import-invalid');
  const noise = 'noise\n'.repeat(501);
  expect((await safe.refused(secretsImport, { content: noise }, dana, { dryRun: true })).message).toContain('More than 500 of the file’s lines');
  expect((await safe.refused(secretsImport, { content: '# nothing\n' }, dana)).slug).toBe('secret-import-invalid');
});

test('variables are imported as such, and a secret is not taken for one', async () => {
  await safe.done(secretsCreate, { name: 'A_SECRET', value: 'hidden-value', ...place('mixed') }, dana);
  const content = 'name,value\nLOG_LEVEL,debug\nA_SECRET,x';
  const refused = await safe.refused(secretsImport, { content, kind: 'variable', ...place('mixed'), overwrite: true }, dana);
  expect(refused.extras['lines']).toEqual([{ line: 3, name: 'A_SECRET', reason: 'is a secret here already' }]);
  await safe.done(secretsImport, { content: 'LOG_LEVEL=debug', kind: 'variable', ...place('mixed') }, dana);
  expect((await safe.done(envVarsList, { project: 'mixed' }, dana)).items.map(({ name, value }) => [name, value])).toEqual([['LOG_LEVEL', 'debug']]);
});

test('the rights of each line are asked for: a place or a secret out of scope refuses the file', async () => {
  const staging = safe.as({ name: 'sam', scope: { any: [{ environments: ['staging'] }] } as never });
  await safe.done(secretsImport, { content: 'FOR_STAGING=1', environment: 'staging' }, staging);
  expect((await safe.refused(secretsImport, { content: 'FOR_DEV=1', environment: 'dev' }, staging)).slug).toBe('scope-denied');
  await safe.done(secretsImport, { content: 'THERE_ALREADY=1', environment: 'dev' }, dana);
  for (const dryRun of [true, false]) {
    const asked = { content: 'THERE_ALREADY=2', environment: 'dev' };
    expect((await safe.refused(secretsImport, asked, staging, { dryRun })).slug, 'not told that it is there').toBe('scope-denied');
    expect((await safe.refused(secretsImport, { ...asked, kind: 'variable' }, staging, { dryRun })).slug).toBe('scope-denied');
  }
  expect((await safe.refused(secretsImport, { content: 'FOR_ALL=1' }, safe.as({ permissions: ['secrets:read'] }))).slug).toBe('permission-denied');
  expect((await safe.refused(secretsExport, { passphrase: 'twelve letters', reason: 'because' }, safe.as({ permissions: ['secrets:write', 'secrets:use'] }))).slug).toBe('permission-denied');
}); // prettier-ignore
