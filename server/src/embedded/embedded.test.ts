import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, readdir, rename, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { databaseAccount, spawnAs } from './account.ts';
import { startEmbedded, type EmbeddedOptions } from './index.ts';
import { cacheDir, childrenOf, dataOf, gone, holder, launchHolder, postmasterOf, query, remove, temporary } from './testing.ts';

let dir: string;
beforeEach(async () => void (dir = await temporary()));
afterEach(async () => {
  await gone(dir);
  await remove(dir);
});

const start = (more: Partial<EmbeddedOptions> = {}) => startEmbedded({ dir, cacheDir, log: () => undefined, ...more });

describe('a life in order', () => {
  test('a second start finds the data of the first, and nothing runs after stop', async () => {
    const first = await start();
    await query(first.url, 'create table mark as select 42 as n');
    await first.stop();
    await gone(dir);
    const second = await start();
    expect(second.adopted).toBe(false);
    expect(await query(second.url, 'select n from mark')).toEqual([{ n: 42 }]);
    await second.stop();
  });

  test('it confirms only what is on disk, hears loopback only, asks for a SCRAM password and sorts without the C library', async () => {
    const database = await start();
    const wanted = [
      'fsync',
      'synchronous_commit',
      'full_page_writes',
      'listen_addresses',
      'unix_socket_directories',
      'unix_socket_permissions',
      'password_encryption',
      'data_checksums',
    ];
    const settings = await query<{ name: string; setting: string }>(
      database.url,
      `select name, setting from pg_settings where name in ('${wanted.join("','")}')`,
    );
    expect(Object.fromEntries(settings.map(({ name, setting }) => [name, setting]))).toEqual({
      fsync: 'on',
      synchronous_commit: 'on',
      full_page_writes: 'on',
      listen_addresses: '127.0.0.1',
      unix_socket_directories: dataOf(dir),
      unix_socket_permissions: '0700',
      password_encryption: 'scram-sha-256',
      data_checksums: 'on',
    });
    expect(await query(database.url, `select distinct auth_method from pg_hba_file_rules`)).toEqual([{ auth_method: 'scram-sha-256' }]);
    expect(await query(database.url, `select datlocprovider, datlocale from pg_database where datname = current_database()`)).toEqual([
      { datlocprovider: 'b', datlocale: 'C.UTF-8' },
    ]);
    const wrong = new URL(database.url);
    wrong.password = 'wrong';
    await expect(query(wrong.href, 'select 1')).rejects.toMatchObject({ code: '28P01' });
    expect((await stat(join(dir, 'cluster', 'password'))).mode & 0o777).toBe(0o600);
    expect(await readFile(join(dir, 'postgresql.log'), 'utf8')).not.toContain(new URL(database.url).password);
    await database.stop();
  });

  test('the way to it is a socket among its data, and the network where the path is too long for one', async () => {
    const near = await start();
    expect(new URL(near.url).searchParams.get('host')).toBe(dataOf(dir));
    expect(await query(near.url, 'select inet_client_addr() as from')).toEqual([{ from: null }]);
    await near.stop();
    const far = await startEmbedded({ dir: join(dir, 'far'.repeat(30)), cacheDir, log: () => undefined });
    expect(new URL(far.url).search).toBe('');
    expect(await query(far.url, 'select inet_client_addr() as from')).toEqual([{ from: '127.0.0.1' }]);
    await far.stop();
  });

  test('two processes that start at once get one database, and the second keeps it when the first ends', async () => {
    const [one, two] = await Promise.all([holder(dir), holder(dir)]);
    expect(one.url).toBe(two.url);
    expect(one.adopted).not.toBe(two.adopted);
    const [owner, guest] = one.adopted ? [two, one] : [one, two];
    await query(guest.url, 'create table kept as select 1 as n');
    owner.process.kill('SIGTERM');
    expect(await owner.ended).toBe(0);
    await expect.poll(() => query(guest.url, 'select n from kept').catch(() => 'away'), { timeout: 60_000 }).toEqual([{ n: 1 }]);
    guest.process.kill('SIGTERM');
    expect(await guest.ended).toBe(0);
  });
});

describe('a life that is cut short', () => {
  test('when the process that started it is killed, PostgreSQL ends by itself', async () => {
    const killed = await holder(dir);
    await query(killed.url, 'create table mark as select 1 as n');
    killed.process.kill('SIGKILL');
    await killed.ended;
    await gone(dir);
    const database = await start();
    expect(await query(database.url, 'select n from mark')).toEqual([{ n: 1 }]);
    await database.stop();
  });

  test.skipIf(process.platform !== 'linux')(
    'when its guard is killed too, the next start adopts the one that still runs, and stops it at the end',
    async () => {
      const killed = await holder(dir);
      const postmaster = await postmasterOf(dir);
      for (const guard of await childrenOf(killed.process.pid!, 'guard.sh')) process.kill(guard, 'SIGKILL');
      killed.process.kill('SIGKILL');
      await killed.ended;
      const database = await start();
      expect(database).toMatchObject({ adopted: true, url: killed.url });
      expect(await postmasterOf(dir)).toBe(postmaster);
      await database.stop();
      await expect(postmasterOf(dir)).rejects.toThrow();
    },
  );

  test('a process killed while it makes the cluster leaves a draft, which is not taken for a cluster and goes away later', async () => {
    const dying = launchHolder(dir);
    await expect.poll(async () => (await readdir(dir)).filter((name) => name.startsWith('draft-')), { interval: 5, timeout: 60_000 }).toHaveLength(1);
    dying.kill('SIGKILL');
    await once(dying, 'close');
    const [draft] = (await readdir(dir)).filter((name) => name.startsWith('draft-'));
    const first = await start();
    expect(await query(first.url, 'select 1 as n')).toEqual([{ n: 1 }]);
    await first.stop();
    await utimes(join(dir, draft!), new Date(0), new Date(0));
    const second = await start();
    await second.stop();
    expect(await readdir(dir)).not.toContain(draft);
  });

  test('a throwaway cluster leaves no file', async () => {
    const database = await start({ throwaway: true });
    await query(database.url, 'select 1');
    await database.stop();
    await expect(stat(dir)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('what cannot be started says why', () => {
  test('a pid file that names a living stranger is reported, not deleted', async () => {
    const database = await start();
    await database.stop();
    const account = databaseAccount();
    const stranger = spawn('/bin/sleep', ['60'], { ...spawnAs(account), stdio: 'ignore' });
    await once(stranger, 'spawn');
    const file = join(dataOf(dir), 'postmaster.pid');
    await writeFile(file, `${stranger.pid}\n${dataOf(dir)}\n1\n5432\n\n127.0.0.1\n0 0\nready   \n`, { mode: 0o644 });
    await expect(start()).rejects.toMatchObject({ name: 'StartError', remedy: expect.stringContaining(file) });
    expect(await readFile(file, 'utf8')).toMatch(new RegExp(`^${stranger.pid}\n`));
    stranger.kill();
    await once(stranger, 'exit');
    // Its number belongs to nobody now, so PostgreSQL itself takes the file over.
    const again = await start();
    await again.stop();
  });

  test('a lost password file and a cluster of another major version are named with their place', async () => {
    const database = await start();
    await database.stop();
    const password = join(dir, 'cluster', 'password');
    await rename(password, `${password}.away`);
    await expect(start()).rejects.toMatchObject({ name: 'StartError', message: expect.stringContaining(password) });
    await rename(`${password}.away`, password);
    await writeFile(join(dataOf(dir), 'PG_VERSION'), '17\n');
    await expect(start()).rejects.toMatchObject({ name: 'StartError', message: expect.stringContaining('made by PostgreSQL 17') });
  });
});
