import { randomBytes } from 'node:crypto';
import { openDatabases } from '../../server/src/kernel/database.ts';
import { newId } from '../../server/src/kernel/ids.ts';
import { createSealer, decrypt, encrypt } from '../../server/src/kernel/seal.ts';
import { scrub, taint } from '../../server/src/kernel/taint.ts';
import { withDatabase } from './lib/database.ts';
import { atMost, median, note, quantile } from './lib/figures.ts';

const BYTES = 400;
const ROUNDS = 5;
const PER_ROUND = 20_000;

/** Per second on one core, the median of some rounds; the code is hot after the first. */
function rate(work: (n: number) => unknown): number {
  const rates = Array.from({ length: ROUNDS + 1 }, () => {
    const from = process.cpuUsage();
    for (let n = 0; n < PER_ROUND; n++) work(n);
    const { user, system } = process.cpuUsage(from);
    return (PER_ROUND / (user + system)) * 1_000_000;
  });
  return median(rates.slice(1));
}

const key = randomBytes(32);
const plain = randomBytes(BYTES);
const sealedOnes = Array.from({ length: PER_ROUND }, () => encrypt(key, plain, 'place'));
note(
  'seal.encrypt',
  rate(() => encrypt(key, plain, 'place')),
  '/s of one core, 400 bytes each',
);
note(
  'seal.decrypt',
  rate((n) => decrypt(key, sealedOnes[n]!, 'place')),
  '/s of one core, 400 bytes each',
);

await withDatabase(async ({ url, masterKey }) => {
  const databases = openDatabases({ url, masterKey });
  const sealer = createSealer(masterKey);
  const tenantId = newId();
  const place = { tenantId, table: 'secret_versions', row: newId(), field: 'value:secret:1:DB_PASSWORD' };
  const text = plain.toString('base64').slice(0, BYTES);
  await databases.tenant({ tenantId }, async (db) => {
    const sealed = await sealer.seal(db, place, text);
    const timed = async (open: () => Promise<unknown>, times: number): Promise<number[]> => {
      const found: number[] = [];
      for (let n = 0; n < times; n++) {
        const from = performance.now();
        await open();
        found.push(performance.now() - from);
      }
      return found;
    };
    const cold = await timed(() => createSealer(masterKey).open(db, place, sealed), 300);
    await sealer.open(db, place, sealed);
    const warm = (await timed(() => sealer.open(db, place, sealed), 5_000)).slice(1_000);
    note('seal.open.cold.p50', median(cold), 'ms');
    note('seal.open.warm.p50', median(warm), 'ms');
    atMost('seal.open.warm.p99', quantile(warm, 0.99), 'ms', 1);
  });
  await databases.close();
});

const line = JSON.stringify({ level: 'info', msg: 'request', route: '/servers', ms: 3, requestId: newId(), text: 'x'.repeat(300) });
note(
  'taint.scrub.nothing',
  rate(() => scrub(line, null)),
  'lines/s of one core',
);
for (let n = 0; n < 1_000; n++) taint(randomBytes(24).toString('base64'), `SECRET_${n}`, null);
note(
  'taint.scrub.thousand',
  rate(() => scrub(line, null)),
  'lines/s of one core, 1,000 values in mind',
);
