import { spawn, type ChildProcess } from 'node:child_process';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openDatabases, ROLES, urlFor, type Databases } from '#kernel/database.ts';
import { openJobs, type Jobs } from '#kernel/jobs.ts';
import { localLive } from '#kernel/live.ts';
import type { Message } from '#kernel/mail.ts';
import { deriveKey } from '#kernel/seal.ts';
import { createOutbox } from '#modules/mail/outbox.ts';
import { cloneDatabase, testMasterKey } from '../clone.ts';
import { LEAN } from '../lean.ts';
import { program } from '../programs.ts';
import { startSmtp } from '../smtp.ts';

const SCRIPT = program(new URL('./worker.ts', import.meta.url));
let databaseUrl: string;
let databases: Databases;
let jobs: Jobs;
const children = new Set<ChildProcess>();

beforeAll(async () => {
  databaseUrl = await cloneDatabase();
  databases = openDatabases({ url: databaseUrl, masterKey: testMasterKey() });
  const url = urlFor(databaseUrl, ROLES.platform, testMasterKey());
  jobs = await openJobs({ url, live: localLive(), onError: () => undefined, supervise: false });
});
afterEach(async () => {
  await Promise.all([...children].map((child) => new Promise((done) => child.once('close', done).kill('SIGKILL'))));
});
afterAll(async () => {
  await jobs.close();
  await databases.close();
});

function startWorker(smtpUrl: string): ChildProcess {
  const orders = { databaseUrl, masterKey: Buffer.from(testMasterKey()).toString('base64'), smtpUrl };
  const child = spawn(process.execPath, [SCRIPT], {
    env: { ...LEAN, MAIL_ORDERS: JSON.stringify(orders) },
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  child.stdin.on('error', () => undefined);
  children.add(child);
  child.once('close', () => children.delete(child));
  return child;
}

const message: Message = {
  to: 'anna@acme.example',
  template: 'verify-email',
  data: { name: 'Anna', link: 'https://portal.example/verify-email#token=t', code: '123456' },
};
const left = async (): Promise<number> =>
  (await databases.platform('test', (db) => db.$client.query<{ n: number }>('select count(*)::int as n from mail_outbox'))).rows[0]!.n;
async function until(what: () => Promise<boolean> | boolean): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if (await what()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('it did not happen within half a minute');
}

test('a mail whose worker is killed while it hands it over is sent by the next, once', async () => {
  let first: ChildProcess | undefined;
  const stuck = await startSmtp({ onMailFrom: () => void first?.kill('SIGKILL') }); // never answers
  const smtp = await startSmtp();
  try {
    await databases.platform('test', (db) => createOutbox({ jobs, keyFor: (purpose) => deriveKey(testMasterKey(), purpose) }).send(db, message));
    first = startWorker(stuck.url);
    await new Promise((gone) => first!.once('close', gone));
    expect(await left(), 'not lost with the worker').toBe(1);
    expect(smtp.received).toEqual([]);

    startWorker(smtp.url);
    await until(async () => (await left()) === 0);
    expect(smtp.received.map(({ to }) => to)).toEqual([['anna@acme.example']]);
  } finally {
    await Promise.all([stuck.close(), smtp.close()]);
  }
});
