import { createApp } from '../../server/src/app.ts';
import { loadConfig } from '../../server/src/kernel/config.ts';
import { createLog } from '../../server/src/kernel/log.ts';
import { createPasswords } from '../../server/src/modules/identity/passwords.ts';
import { Accounts } from '../../server/src/modules/identity/providers/port.ts';
import { seedPeople } from '../../server/src/demo-people.ts';
import { providerOf } from '../../server/src/kernel/port.ts';
import type { Arrival } from '../../server/src/modules/identity/sessions/types.ts';
import { withDatabase, type Bench } from './lib/database.ts';
import { atLeast, atMost, median, note, quantile } from './lib/figures.ts';
import { cpuSeconds } from './lib/cpu.ts';
import { environment } from './lib/process.ts';

const ROUNDS = 3;
const CLIENTS = 10;
const STORM = 1_000;
/** Three times what is remembered, so that who comes round again has been forgotten. */
const POPULATION = 60_000;

/** Calls a second of so many loops side by side, and what each call took in milliseconds. */
async function closedLoop(clients: number, seconds: number, act: (client: number) => Promise<unknown>): Promise<{ rate: number; times: number[] }> {
  const times: number[] = [];
  const from = performance.now();
  const end = from + seconds * 1_000;
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      while (performance.now() < end) {
        const began = performance.now();
        await act(client);
        times.push(performance.now() - began);
      }
    }),
  );
  return { rate: (times.length * 1_000) / (performance.now() - from), times };
}

interface Cost {
  own: number;
  /** Part of `own`: all but hashes, which other threads compute. */
  main: number;
  database: number;
}

/**
 * Processor time of one call on either side, in microseconds: it hardly depends on what else the machine does, and is the figure to
 * compare where a machine is shared.
 */
async function noteCost(name: string, bench: Bench, measure: () => Promise<{ times: number[] }>): Promise<Cost> {
  const main = () => (({ user, system }) => (user + system) / 1e6)(process.threadCpuUsage());
  const spent = async () => ({ own: await cpuSeconds(process.pid), main: main(), database: await cpuSeconds(bench.pid) });
  const before = await spent();
  const { times } = await measure();
  const after = await spent();
  const each = (side: keyof typeof after): number => ((after[side] - before[side]) * 1e6) / times.length;
  const cost = { own: each('own'), main: each('main'), database: each('database') };
  note(`${name}: processor in Node`, cost.own, 'µs');
  note(`${name}: of that on the main thread`, cost.main, 'µs');
  note(`${name}: processor in PostgreSQL`, cost.database, 'µs');
  return cost;
}

/** Calls a second that two cores have time for, when Node has one of them at most. */
const allowed = ({ own, database }: Cost): number => Math.min(1e6 / own, 2e6 / (own + database));

/** One process without its HTTP side: what sign-in, the check at each call and refresh cost by themselves. */
async function open(bench: Bench) {
  const config = loadConfig({ ...environment(bench), SWITCHYARD_POOL_SIZE: '20' });
  const { core, iam } = await createApp({ config, databaseUrl: bench.url, log: createLog('error'), version: 'bench', works: false });
  const logins = await seedPeople(core);
  const accounts = providerOf(core.adapters)(Accounts);
  // Everybody comes from a network of their own, the same each time, as people do.
  const arrival = (kind: Arrival['kind'], at: number): Arrival => ({ kind, ip: `10.0.0.${at % logins.length}`, agent: 'bench' });
  async function signIn(kind: Arrival['kind'], at: number) {
    const { email, password } = logins[at % logins.length]!;
    const answer = await accounts.signIn({ email, password, arrival: arrival(kind, at) }, () => undefined);
    if (answer.status !== 'signed-in') throw new Error('the demo has no second factor');
    return answer.issued;
  }
  /** A pair without the cost of a password. */
  const pairFor = (email: string) =>
    core.databases.platform('bench', async (db) => {
      const { rows } = await db.$client.query<{ id: string }>('select id from auth.users where email = $1', [email]);
      const answer = await iam.sessions.conclude(
        db,
        { userId: rows[0]!.id, amr: ['pwd'], level: 1 },
        arrival(
          'pair',
          logins.findIndex((login) => login.email === email),
        ),
        core.now(),
      );
      if (answer.status !== 'signed-in') throw new Error('the demo has no second factor');
      return answer.issued.refreshToken!;
    });
  return { bench, core, iam, logins, signIn, pairFor };
}
type Open = Awaited<ReturnType<typeof open>>;

/** Many people with a session each, so that for a while nobody comes twice and nothing is remembered of anybody. */
async function populate({ sql }: Bench, count: number): Promise<(n: number) => string> {
  const [tenant] = await sql<{ id: string; role: string }>(`select t.id, r.id as role from tenants t join roles r on r.tenant_id = t.id and r.key = 'viewer' where t.slug = 'acme'`); // prettier-ignore
  const { id, role } = tenant!;
  const make = (text: string, values: unknown[]) => sql(text, values);
  await make(`insert into auth.users (id, email, name, password_hash) select gen_random_uuid(), 'bench-' || n || '@acme.example', 'Bench ' || n, 'x' from generate_series(1, $1::int) n`, [count]); // prettier-ignore
  const people = `from auth.users u where u.email like 'bench-%'`;
  await make(`insert into auth.memberships (tenant_id, user_id) select $1, u.id ${people}`, [id]);
  await make(`insert into members (tenant_id, id, email, name, joined_at) select $1, u.id, u.email, u.name, now() ${people}`, [id]);
  await make(`insert into grants (tenant_id, id, subject_id, role_id, scope, valid_from, reason) select $1, gen_random_uuid(), u.id, $2, '{"all":true}', now(), 'bench' ${people}`, [id, role]); // prettier-ignore
  await make(
    `insert into auth.sessions (id, token_hash, user_id, tenant_id, kind, auth_time, proven_at, created_at, last_seen_at, idle_expires_at, expires_at)
     select gen_random_uuid(), encode(sha256(lpad(substring(u.email from '[0-9]+'), 43, 'x')::bytea), 'hex'), u.id, $1, 'bearer', now(), now(), now(), now() + interval '10 min', now() + interval '8 h', now() + interval '7 d' ${people}`,
    [id],
  );
  await make('analyze', []);
  return (n) => String((n % count) + 1).padStart(43, 'x');
}

/** What each call pays to know who is calling: with the answer remembered for five seconds, and with nothing remembered. */
async function checks({ bench, iam, signIn }: Open): Promise<void> {
  const tokenOf = await populate(bench, POPULATION);
  const check = (token: string) => iam.authenticate({ credentials: { kind: 'bearer', token }, ip: null, surface: 'rest' });
  let next = 0;
  const stranger = () => check(tokenOf((next += 1)));
  await closedLoop(CLIENTS, 1, stranger); // until the code is hot
  const rates: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) rates.push((await closedLoop(CLIENTS, 2, stranger)).rate);
  const cost = await noteCost('session check, nothing remembered', bench, () => closedLoop(CLIENTS, 2, stranger));
  note('session check, nothing remembered: what that is on two idle cores', allowed(cost), '1/s');
  atLeast('session check, nothing remembered', median(rates), '1/s', 3_000);
  const token = (await signIn('bearer', 0)).token!;
  atLeast('session check, remembered for five seconds', (await closedLoop(CLIENTS, 2, () => check(token))).rate, '1/s', 8_000);
  const access = (await signIn('pair', 0)).accessToken!;
  note('access token check, remembered for five seconds', (await closedLoop(CLIENTS, 2, () => check(access))).rate, '1/s');
}

/** Sign-in against the password hash alone, in turns. */
async function signIns({ bench, logins, signIn }: Open): Promise<void> {
  const passwords = createPasswords();
  const stored = await passwords.hash(logins[0]!.password);
  const bare: number[] = [];
  const whole: { rate: number; times: number[] }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    bare.push((await closedLoop(8, 2, () => passwords.verify(stored, logins[0]!.password))).rate);
    whole.push(await closedLoop(8, 2, (client) => signIn('cookie', client)));
  }
  const alone = await noteCost('argon2id alone', bench, () => closedLoop(8, 4, () => passwords.verify(stored, logins[0]!.password)));
  const { own, main, database } = await noteCost('password sign-in', bench, () => closedLoop(8, 4, (client) => signIn('cookie', client)));
  note('password sign-in against argon2id alone, by processor time', alone.own / (own + database), 'x');
  // Among other work a hash takes longer than alone; this says what sign-in adds by itself.
  note('password sign-in: processor besides the hash', main + database, 'µs');
  note('argon2id alone, 8 clients', median(bare), '1/s');
  atLeast('password sign-in, 8 clients', median(whole.map(({ rate }) => rate)), '1/s', 50);
  atLeast('password sign-in against argon2id alone', median(whole.map(({ rate }, round) => rate / bare[round]!)), 'x', 0.7);
  atMost('password sign-in, 8 clients, p95', quantile(whole.flatMap(({ times }) => times), 0.95), 'ms', 250); // prettier-ignore
}

/** A session may refresh sixty times an hour, so that each loop goes through many of them; between rounds an hour is forgotten. */
async function refreshes({ bench, iam, logins, pairFor }: Open): Promise<void> {
  const tokens: string[] = [];
  for (let count = 0; count < 20; count += 1) for (const { email } of logins) tokens.push(await pairFor(email));
  const next = async (at: number, token = tokens[at]!): Promise<void> => {
    const { refreshToken } = await iam.sessions.refresh(token, { ip: `10.200.${at >> 8}.${at & 255}`, agent: 'bench' });
    tokens[at] = refreshToken!;
  };
  const anHourLater = () => bench.sql('delete from auth.login_attempts');
  const each = Math.floor(tokens.length / CLIENTS);
  const rates: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await anHourLater();
    const turn = Array.from({ length: CLIENTS }, () => 0);
    rates.push((await closedLoop(CLIENTS, 2, (client) => next(client * each + (turn[client]!++ % each)))).rate);
  }
  await anHourLater();
  const turn = Array.from({ length: CLIENTS }, () => 0);
  await noteCost('refresh', bench, () => closedLoop(CLIENTS, 2, (client) => next(client * each + (turn[client]!++ % each))));
  atLeast('refresh, 10 clients', median(rates), '1/s', 500);

  // Everybody's access token is over at once, and each browser has several tabs.
  await anHourLater();
  const before = [...tokens];
  const from = performance.now();
  const times = await Promise.all(
    Array.from({ length: STORM }, async (_, n) => {
      const began = performance.now();
      await next(n % before.length, before[n % before.length]);
      return performance.now() - began;
    }),
  );
  note(`refresh storm of ${STORM}, whole`, performance.now() - from, 'ms');
  note(`refresh storm of ${STORM}, p95`, quantile(times, 0.95), 'ms');
  const [reuse] = await bench.sql<{ count: string }>(`select count(*) from auth.sessions where revoke_reason = 'refresh_reuse'`);
  if (reuse!.count !== '0') throw new Error('the storm ended sessions');
}

await withDatabase(async (bench) => {
  const opened = await open(bench);
  try {
    await checks(opened);
    await signIns(opened);
    await refreshes(opened);
  } finally {
    await opened.core.stop(1_000);
  }
});
