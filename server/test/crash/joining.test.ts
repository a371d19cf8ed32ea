import pg from 'pg';
import { afterEach, expect, test } from 'vitest';
import { exchange } from '#modules/exchange/index.ts';
import { createPasswords } from '#modules/identity/passwords.ts';
import type { Core } from '../../src/core.ts';
import { seedPeople } from '../../src/demo-people.ts';
import { exchangeFabricsCreate } from '../../src/modules/exchange/operations/exchange.fabrics.create.ts';
import { exchangeRequestsCreate } from '../../src/modules/exchange/joining/operations/exchange.requests.create.ts';
import { cloneDatabase, testMasterKey } from '../clone.ts';
import { createChildren, type Child } from './children.ts';
import { callOf, openCompany } from './company.ts';
import { query } from './evidence.ts';
import { freePort } from '../free-port.ts';

const masterKey = testMasterKey();
const children = createChildren();
afterEach(() => children.end());

async function within<T>(databaseUrl: string, works: boolean, act: (core: Core) => Promise<T>): Promise<T> {
  const core = await openCompany({ databaseUrl, masterKey, outside: '', works, more: [exchange] });
  try {
    if (works) await core.work();
    return await act(core);
  } finally {
    await core.stop(5_000);
  }
}

/** A network that waits for a decision, and the key of who decides. */
async function seed(core: Core, url: string): Promise<{ id: string; decides: string }> {
  const logins = await seedPeople(core, [], createPasswords({ memoryCost: 64, timeCost: 1, parallelism: 1 }));
  const login = (role: string) => logins.find((one) => one.role === role)!;
  const call = callOf(login('owner').apiKey);
  const fabric = { slug: 'fra', name: 'Frankfurt', rsAsn: 64_500, ipv6Prefix: '2001:db8:100::/64', access: 'open', rpkiMode: 'monitor' };
  await core.gate.pass(exchangeFabricsCreate, fabric, call);
  await query(url, `insert into auth.asn_rights (id, user_id, asn, source, net_name, verified_at) select gen_random_uuid(), id, 20001, 'peeringdb', 'Net', now() from auth.users where email = $1`, [login('owner').email]);
  const made = await core.gate.pass(exchangeRequestsCreate, { fabricId: 'fra', asn: 20_001 }, call);
  if (made.status !== 'done') throw new Error(`the request is ${made.status}`);
  return { id: made.output.id, decides: login('admin').apiKey };
} // prettier-ignore

/** An API that carries out no jobs. */
async function api(databaseUrl: string): Promise<{ child: Child; approve: (id: string, key: string) => Promise<number> }> {
  const port = await freePort();
  const child = children.start({ role: 'serve', databaseUrl, masterKey: Buffer.from(masterKey).toString('base64'), outside: '', port, joining: true });
  await child.ready;
  const approve = async (id: string, key: string): Promise<number> =>
    (await fetch(`http://127.0.0.1:${port}/api/v1/exchange/requests/${id}/approve`, { method: 'POST', headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' }, body: '{}' })).status;
  return { child, approve };
} // prettier-ignore

const stands = async (url: string) => {
  const [request] = await query<{ status: string; seq: number }>(url, 'select status, status_seq as seq from exchange_join_requests');
  const jobs = await query<{ state: string }>(url, `select state::text from pgboss.job where name = 'change'`);
  return { ...request, jobs: jobs.map(({ state }) => state) };
}; // prettier-ignore

test('exchange 29: kill the API between status write and Job start (fault injection): after restart the Job exists exactly once', async () => {
  const url = await cloneDatabase();
  const { id, decides } = await within(url, false, (core) => seed(core, url));
  const pending = { status: 'pending', seq: 1, jobs: [] };
  expect(await stands(url)).toEqual(pending);

  // The status is written, and the transaction held back from its end: neither the decision nor a job outlives the process.
  const held = new pg.Client({ connectionString: url });
  await held.connect();
  await held.query('begin');
  await held.query('lock table audit_entries in share mode');
  const first = await api(url);
  const unanswered = first.approve(id, decides).catch(() => 'no answer');
  const writing = `select count(*)::int as n from pg_locks l join pg_class c on c.oid = l.relation
    where c.relname = 'exchange_join_requests' and l.mode = 'RowExclusiveLock' and exists (select from pg_locks w where w.pid = l.pid and not w.granted)`;
  await expect.poll(async () => (await query<{ n: number }>(url, writing))[0]!.n, { timeout: 60_000 }).toBe(1);
  first.child.signal('SIGKILL');
  expect([await first.child.ended, await unanswered]).toEqual(['SIGKILL', 'no answer']);
  await held.query('rollback');
  await held.end();
  expect(await stands(url)).toEqual(pending);

  // The status is written for good, and nobody has begun with the job yet.
  const second = await api(url);
  expect(await second.approve(id, decides)).toBe(202);
  second.child.signal('SIGKILL');
  await second.child.ended;
  expect(await stands(url)).toEqual({ status: 'approved', seq: 2, jobs: ['created'] });

  await within(url, true, async () => {
    await expect.poll(() => stands(url), { timeout: 60_000 }).toEqual({ status: 'active', seq: 4, jobs: ['completed'] });
  });
  expect(await query(url, 'select count(*)::int as n from exchange_connections')).toEqual([{ n: 1 }]);
}, 180_000);
