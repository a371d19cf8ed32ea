import { encodeCursor } from '../../server/src/kernel/page.ts';
import { withDatabase, type Bench } from './lib/database.ts';
import { atMost, note } from './lib/figures.ts';
import { load } from './lib/load.ts';
import { seedCaller } from './lib/people.ts';
import { startProduct } from './lib/process.ts';
import { seedServers } from './lib/servers.ts';

const COUNT = 100_000;
const PLACES = 200;
const SORTS = { createdAt: 'created_at', name: 'name', status: 'status', cost: 'monthly_amount' } as const;

/** Pages from anywhere in the list, in every order that it has. */
async function anyPages({ sql }: Bench): Promise<string[]> {
  const pages: string[] = [];
  for (const [sort, column] of Object.entries(SORTS)) {
    const places = await sql<{ value: string; id: string }>(
      `select ${column}::text as value, id from servers where abs(hashtext(id::text)) % ${COUNT} < ${2 * PLACES} limit ${PLACES}`,
    );
    pages.push(...places.map(({ value, id }, n) => `/api/v1/servers?sort=${n % 2 === 0 ? '-' : ''}${sort}&cursor=${encodeCursor([value, id])}`));
  }
  return pages;
}

/** First pages of what people look for: by label, state, environment, and part of a name that is rare, frequent or nowhere. */
const SEARCHES = [
  'labelSelector=app%3D%3Dapp-7',
  'labelSelector=app%20in%20(app-1%2Capp-2)%2Ctier%3D%3Dfront',
  'status=error',
  'environment=prod&sort=name',
  'q=abcd',
  'q=web',
  'q=nowhere-at-all',
  'q=192.0.2.17',
].map((query) => `/api/v1/servers?${query}`);

await withDatabase(async (bench) => {
  const { tenantId, apiKey } = await seedCaller(bench);
  await seedServers(bench, tenantId, COUNT);
  const product = await startProduct(bench, 'serve');
  const measure = (paths: readonly string[], seconds: number) =>
    load({
      port: product.port,
      path: (n) => paths[(n * 7_919) % paths.length]!,
      headers: { Authorization: `Bearer ${apiKey}` },
      connections: 2,
      seconds,
    });
  const pages = await anyPages(bench);
  await measure(pages, 3);
  const any = await measure(pages, 8);
  await measure(SEARCHES, 1);
  const searched = await measure(SEARCHES, 4);
  await product.stop();
  note('servers.list of 100,000, any page, p50', any.p50, 'ms');
  atMost('servers.list of 100,000, any page, p99', any.p99, 'ms', 30);
  note('servers.list of 100,000, searched, p50', searched.p50, 'ms');
  note('servers.list of 100,000, searched, p99', searched.p99, 'ms');
});
