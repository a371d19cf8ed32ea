import { execFileSync } from 'node:child_process';
import { chmod, chown, mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { databaseAccount } from './account.ts';
import { prepareBinaries } from './binaries.ts';
import { startEmbedded } from './index.ts';
import { findPlace, ownFolder } from './place.ts';
import { cacheDir, gone, query, remove, temporary } from './testing.ts';

const isRoot = process.geteuid?.() === 0;
let root: string;
beforeEach(async () => {
  root = await temporary();
  await chmod(root, 0o755);
});
afterEach(() => remove(root));

const paths = () => ({
  dir: join(root, 'private', 'pg'),
  cache: join(root, 'private', 'cache'),
  system: { home: join(root, 'var', 'lib'), cache: join(root, 'var', 'cache') },
});

describe.skipIf(!isRoot)('as root, in a folder that the database account cannot enter', () => {
  beforeEach(() => mkdir(join(root, 'private'), { mode: 0o700 }));

  test('the cluster lies with the system, stays there, and an earlier one is mentioned, never reused', async () => {
    const { dir, cache, system } = paths();
    const account = databaseAccount();
    const lines: string[] = [];
    const first = await findPlace(dir, cache, account, (line) => lines.push(line), system);
    expect(first.home.startsWith(system.home)).toBe(true);
    expect(await readFile(join(dir, 'where'), 'utf8')).toBe(`${first.home}\n`);
    expect(await findPlace(dir, cache, account, () => undefined, system)).toEqual(first);
    // Also when the folder is opened later: the data must not seem to be gone.
    await chmod(join(root, 'private'), 0o755);
    expect(await findPlace(dir, cache, account, () => undefined, system)).toEqual(first);
    await chmod(join(root, 'private'), 0o700);
    await remove(dir);
    const second = await findPlace(dir, cache, account, (line) => lines.push(line), system);
    expect(second.home).not.toBe(first.home);
    expect(lines.join('\n')).toContain(`an earlier database of this checkout is still in ${first.home}`);
  });

  test('a cluster that was reachable and no longer is, is not silently replaced by an empty one', async () => {
    const { dir, cache, system } = paths();
    await mkdir(join(dir, 'cluster'), { recursive: true });
    await expect(findPlace(dir, cache, databaseAccount(), () => undefined, system)).rejects.toMatchObject({
      name: 'StartError',
      message: expect.stringContaining('can no longer be reached'),
    });
  });

  test('PostgreSQL runs there', async () => {
    const { dir, cache, system } = paths();
    const database = await startEmbedded({ dir, cacheDir: cache, system, log: () => undefined });
    expect(await query(database.url, 'select 1 as n')).toEqual([{ n: 1 }]);
    await database.stop();
    await gone((await readFile(join(dir, 'where'), 'utf8')).trim());
  });
});

describe('folders that others could plant things in', () => {
  test('a link, a file and a folder of another user are refused', async () => {
    await mkdir(join(root, 'target'));
    await symlink(join(root, 'target'), join(root, 'link'));
    await expect(ownFolder(join(root, 'link'), 0o755)).rejects.toMatchObject({ name: 'StartError' });
    if (!isRoot) return;
    await mkdir(join(root, 'theirs'));
    await chown(join(root, 'theirs'), 65534, 65534);
    await expect(ownFolder(join(root, 'theirs'), 0o755)).rejects.toMatchObject({ message: expect.stringContaining('belongs to another user') });
  });

  test('programs are copied once, run whatever the umask is, and are not run when others may write them', async () => {
    const cache = join(root, 'programs');
    const before = process.umask(0o077);
    try {
      await ownFolder(cache, 0o755);
      const { program } = await prepareBinaries(cache, databaseAccount());
      const made = (await stat(program('postgres'))).ino;
      await prepareBinaries(cache, databaseAccount());
      expect((await stat(program('postgres'))).ino).toBe(made);
      await chmod(join(program('postgres'), '..', '..'), 0o777);
      await expect(prepareBinaries(cache, databaseAccount())).rejects.toMatchObject({
        name: 'StartError',
        message: expect.stringContaining('not ours alone'),
      });
    } finally {
      process.umask(before);
    }
  });
});

describe.skipIf(!isRoot || process.platform !== 'linux')('on a disk that is too small', () => {
  const mount = join('/tmp', `switchyard-small-${process.pid}`);
  const mounted = (size: string): boolean => {
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=755`, 'tmpfs', mount], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  };
  beforeEach(() => mkdir(mount, { recursive: true }));
  afterEach(() => {
    execFileSync('sh', ['-c', `umount ${mount}; rmdir ${mount}`], { stdio: 'ignore' });
  });

  test('it is said before anything is written, and again when it fills up later; with space it goes on', async ({ skip }) => {
    if (!mounted('40m')) return skip('this container may not mount');
    const dir = join(mount, 'pg');
    await expect(startEmbedded({ dir, cacheDir, log: () => undefined })).rejects.toMatchObject({
      name: 'StartError',
      message: expect.stringMatching(/no disk space left .* 300 MB are needed/),
    });
    execFileSync('mount', ['-o', 'remount,size=310m', mount]);
    const database = await startEmbedded({ dir, cacheDir, log: () => undefined });
    await database.stop();
    await gone(dir);
    await writeFile(join(mount, 'ballast'), Buffer.alloc(1));
    execFileSync('sh', ['-c', `dd if=/dev/zero of=${mount}/ballast bs=64k 2>/dev/null || true`]);
    await expect(startEmbedded({ dir, cacheDir, log: () => undefined })).rejects.toMatchObject({
      name: 'StartError',
      message: expect.stringMatching(/no disk space left .* 48 MB are needed/),
    });
    await remove(join(mount, 'ballast'));
    const again = await startEmbedded({ dir, cacheDir, log: () => undefined });
    expect(await query(again.url, 'select 1 as n')).toEqual([{ n: 1 }]);
    await again.stop();
    await gone(dir);
  });
});
