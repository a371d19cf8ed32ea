import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Problem } from '#kernel/problem.ts';
import type { StateFolder } from '../../backups/port.ts';
import { stateFolders } from './folder.ts';

const URL = 'http://127.0.0.1:9993';
const MARK = '20261121T225000Z-0123456789ab';
let root = '';
const at = (path: string): string => join(root, path);
const open = (more: object = {}): StateFolder =>
  stateFolders({ ownUrl: URL, folder: root, stop: 'true', start: 'true', pause: async () => undefined, ...more }).of(URL)!;
const slugOf = (act: Promise<unknown>): Promise<string> => act.then(() => 'nothing', (error: unknown) => (error instanceof Problem ? error.slug : String(error))); // prettier-ignore
const token = (): Promise<string> => readFile(at('authtoken.secret'), 'utf8');
const networks = (): Promise<string[]> => readdir(at('controller.d/network'));

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'zerotier-folder-'));
  await mkdir(at('controller.d/network'), { recursive: true });
  await Promise.all([
    writeFile(at('identity.public'), '8056c2e21c:0:a'),
    writeFile(at('identity.secret'), '8056c2e21c:0:a:b', { mode: 0o600 }),
    writeFile(at('authtoken.secret'), 'of then', { mode: 0o600 }),
    writeFile(at('local.conf'), '{}'),
    writeFile(at('controller.d/network/8056c2e21c000001.json'), '{}', { mode: 0o600 }),
  ]);
});
afterAll(() => rm(root, { recursive: true, force: true }));

test('a folder is that of the installation’s own controller and of no other', () => {
  expect(stateFolders({ ownUrl: URL, folder: root, stop: undefined, start: undefined }).of('https://zt.example.net')).toBeNull();
  expect(stateFolders({ ownUrl: URL, folder: undefined, stop: undefined, start: undefined }).of(URL)).toBeNull();
  expect([open().restores, open({ stop: undefined }).restores]).toEqual([true, false]);
});

test('a record that does not parse is read three times, then the backup fails', async () => {
  const path = at('controller.d/network/8056c2e21c000002.json');
  await writeFile(path, '{"half":');
  let rounds = 0;
  const mended = open({ pause: () => ((rounds += 1) === 2 ? writeFile(path, '{}') : Promise.resolve()) });
  expect(await slugOf(open().read())).toBe('backup-failed');
  expect((await mended.read()).map((file) => file.path)).toContain('controller.d/network/8056c2e21c000002.json');
  await rm(path);
});

test('files are exchanged and put back, each act as often as one likes; a token that was changed since stays, and so does what is no part of a backup', async () => {
  const folder = open();
  const files = await folder.read();
  expect(files.map(({ path, mode }) => [path, mode])).toContainEqual(['identity.secret', 0o600]);
  await writeFile(at('authtoken.secret'), 'of now');
  await writeFile(at('controller.d/network/8056c2e21c000009.json'), '{}');
  for (const act of ['stage', 'stage', 'swap', 'swap'] as const) await folder[act](MARK, files);
  expect([await networks(), await token(), await readFile(at('local.conf'), 'utf8')]).toEqual([['8056c2e21c000001.json'], 'of now', '{}']);
  expect([(await stat(at('identity.secret'))).mode & 0o777, (await stat(at(`pre-restore-${MARK}`))).mode & 0o777]).toEqual([0o600, 0o700]);
  expect(await folder.isSwapped(MARK)).toBe(true);
  for (const act of ['swapBack', 'swapBack', 'discard', 'discard'] as const) await folder[act](MARK);
  expect([await networks(), await token(), await folder.isSwapped(MARK)]).toEqual([
    ['8056c2e21c000001.json', '8056c2e21c000009.json'],
    'of now',
    false,
  ]);
  expect((await readdir(root)).toSorted()).toEqual(['authtoken.secret', 'controller.d', 'identity.public', 'identity.secret', 'local.conf']);
});

test('into a folder that lost everything the token comes back too', async () => {
  const folder = open();
  const files = await folder.read();
  for (const name of ['authtoken.secret', 'identity.public', 'identity.secret', 'controller.d']) await rm(at(name), { recursive: true });
  await folder.stage(MARK, files);
  await folder.swap(MARK);
  await folder.discard(MARK);
  expect([await token(), await networks()]).toEqual(['of now', ['8056c2e21c000001.json', '8056c2e21c000009.json']]);
});

test('commands are words without a shell and without our environment, and one that fails fails the restore', async () => {
  const script = at('stop.sh');
  await writeFile(script, '#!/bin/sh\necho "$#:$*:$HOME" > "$0.log"\n');
  await chmod(script, 0o755);
  await open({ stop: `${script} now; echo $HOME` }).stop();
  expect(await readFile(`${script}.log`, 'utf8')).toBe('3:now; echo $HOME:\n');
  expect(await slugOf(open({ start: 'false' }).start())).toBe('restore-failed');
  expect(await slugOf(open({ start: '/nowhere/at/all' }).start())).toBe('restore-failed');
  expect(await slugOf(open({ start: undefined }).start())).toBe('backup-unavailable');
});
