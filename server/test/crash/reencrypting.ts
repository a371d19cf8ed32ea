import { openDatabases, ROLES, urlFor } from '#kernel/database.ts';
import { openJobs } from '#kernel/jobs.ts';
import { openLive } from '#kernel/live.ts';
import { createSealer } from '#kernel/seal.ts';
import { reencrypt } from '#modules/keys/reencrypt.ts';
import type { SealedColumn } from '#kernel/module.ts';

const orders = JSON.parse(process.env['REENCRYPT_ORDERS']!) as { databaseUrl: string; masterKey: string; places: SealedColumn[] };

// Whoever started us is gone, however it ended: so are we.
process.stdin.resume().once('end', () => process.exit(0)).once('error', () => process.exit(0)); // prettier-ignore

const masterKey = Buffer.from(orders.masterKey, 'base64');
const onError = (): void => undefined;
const url = urlFor(orders.databaseUrl, ROLES.platform, masterKey);
const live = await openLive(url, onError);
const jobs = await openJobs({ url, live, onError, supervise: true });
const databases = openDatabases({ url: orders.databaseUrl, masterKey, poolSize: 2 });
const deps = { databases, jobs, sealer: createSealer(masterKey), places: orders.places, now: () => new Date() };
jobs.work('reencryption', (job) => reencrypt(deps, job));
process.stdout.write('ready\n');
