import { pino } from 'pino';
import type { z } from 'zod';
import type { Browser } from '#kernel/context.ts';
import type { Credentials, Passed } from '#kernel/gate.ts';
import { newId } from '#kernel/ids.ts';
import { Mail, type Message } from '#kernel/mail.ts';
import type { Module } from '#kernel/module.ts';
import type { Envelope, Operation } from '#kernel/operation.ts';
import { provide, type Port } from '#kernel/port.ts';
import { Problem } from '#kernel/problem.ts';
import type { Sms } from '#kernel/sms.ts';
import { access } from '#modules/access/index.ts';
import { audit } from '#modules/audit/index.ts';
import { changesApprove, changesGet, governance } from '#modules/governance/index.ts';
import type { FederationOptions } from '#modules/identity/federation/wire.ts';
import type { FactorOptions } from '#modules/identity/factors/wire.ts';
import { authLogin, identity } from '#modules/identity/index.ts';
import { createPasswords, type Passwords } from '#modules/identity/passwords.ts';
import { tenancy } from '#modules/tenancy/index.ts';
import type { AccountOptions } from '../src/accounts.ts';
import type { AgentOptions } from '../src/agents.ts';
import { createCore } from '../src/core.ts';
import { seedPeople } from '../src/demo-people.ts';
import type { TenancyOptions } from '../src/organisations.ts';
import { createIam, type Iam, type IamOptions } from '../src/people.ts';
import { requireFitting } from './announced.ts';
import { cloneDatabase, testMasterKey } from './clone.ts';

/** argon2id as always, but cheap; counts how often a password was looked at, and how often one was hashed. */
function countingPasswords(): Passwords & { verified: number; hashed: number } {
  const cheap = createPasswords({ memoryCost: 64, timeCost: 1, parallelism: 1 });
  const counting = {
    ...cheap,
    verified: 0,
    hashed: 0,
    verify: (stored: string | null, password: string) => ((counting.verified += 1), cheap.verify(stored, password)),
    hash: (password: string) => ((counting.hashed += 1), cheap.hash(password)),
  };
  return counting;
}

export interface CompanyOptions {
  modules?: readonly Module[];
  adapters?: readonly (readonly [Port<unknown>, unknown])[];
  /** Carry out jobs and deliver events in this process. */
  works?: boolean;
  /** Who may sign up, where links lead, which passwords leaked. */
  accounts?: AccountOptions;
  /** The authorization server for agents. */
  agents?: AgentOptions;
  /** What second factors are shown under, and which countries get texts. */
  factors?: FactorOptions;
  /** Identity providers of the installation. */
  federation?: FederationOptions;
  /** Names of the installation, and where domains are looked up. */
  tenancy?: TenancyOptions;
  /** Carries texts to phones; when left out they are kept. */
  sms?: Sms;
  /** Where cookie and bearer sessions live; PostgreSQL when left out. */
  webStore?: IamOptions['webStore'];
  /** A second process on the database of another company. */
  beside?: { databaseUrl: string };
}
export interface From {
  ip?: string;
  tenant?: string;
  envelope?: Envelope;
  browser?: Browser;
}

/** Keeps each mail that is sent, besides sending it: what a receiver reads is sealed from then on. */
const keeping = (mail: Mail, kept: Message[]): Mail => ({ send: (db, message) => (kept.push(message), mail.send(db, message)) });

/** A browser with its cookies. */
export function createBrowser(userAgent: string | null = null): Browser & { cookies: Map<string, string> } {
  const cookies = new Map<string, string>();
  return {
    cookies,
    host: 'localhost',
    userAgent,
    cookie: (name) => cookies.get(name),
    setCookie: (name, value, { maxAgeSeconds }) => void (maxAgeSeconds === 0 ? cookies.delete(name) : cookies.set(name, value)),
  };
}

export const bearer = (token: string): Credentials => ({ kind: 'bearer', token });
export const cookie = (token: string): Credentials => ({ kind: 'session', token });

/** Real people, tenants and grants behind the real Gate; the clock is the test's. */
export async function createCompany({
  modules = [],
  adapters = [],
  works = false,
  beside,
  accounts = {},
  agents,
  factors,
  sms,
  webStore,
  federation,
  tenancy: tenancyOptions,
}: CompanyOptions = {}) {
  const databaseUrl = beside?.databaseUrl ?? (await cloneDatabase());
  const clock = { at: new Date(), pass: (ms: number) => void (clock.at = new Date(clock.at.getTime() + ms)) };
  const passwords = countingPasswords();
  const lines: string[] = [];
  const mails: Message[] = [];
  const texts: { to: string; text: string }[] = [];
  let iam: Iam | undefined;
  const core = await createCore({
    databaseUrl,
    masterKey: testMasterKey(),
    modules: [identity, tenancy, access, governance, audit, ...modules],
    people: (parts) =>
      (iam = createIam({ ...parts, mail: keeping(parts.mail, mails) }, passwords, {
        accounts: { floorMs: 0, ...accounts },
        webStore,
        ...(agents ? { agents } : {}),
        ...(factors ? { factors } : {}),
        ...(federation ? { federation } : {}),
        ...(tenancyOptions ? { tenancy: tenancyOptions } : {}),
      })),
    adapters: (parts) => [provide(Mail, keeping(parts.mail, mails)), ...iam!.adapters, ...adapters],
    log: pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) }),
    sms: sms ?? { kind: 'log', send: async (message) => void texts.push(message) },
    now: () => clock.at,
    works,
    rateLimitFactor: 1000,
    poolSize: 20,
  });
  const logins = beside ? [] : await seedPeople(core, [], passwords);
  if (works) await core.work();
  const login = (email: string) => {
    const found = logins.find((one) => one.email.startsWith(email));
    if (!found) throw new Error(`nobody is called ${email}`);
    return found;
  };
  /** API key of someone by the first part of their address. */
  const key = (name: string): Credentials => bearer(login(name).apiKey);

  const call = <I extends z.ZodObject, O extends z.ZodType>(
    operation: Operation<I, O>,
    input: unknown,
    credentials: Credentials,
    { ip = '192.0.2.1', tenant, envelope = {}, browser }: From = {},
  ): Promise<Passed<z.output<O>>> =>
    core.gate.pass(operation, input, { surface: 'rest', credentials, tenant, ip, requestId: newId(), envelope, browser });

  async function done<I extends z.ZodObject, O extends z.ZodType>(
    operation: Operation<I, O>,
    input: unknown,
    credentials: Credentials,
    from: From = {},
  ): Promise<z.output<O>> {
    const passed = await call(operation, input, credentials, from);
    if (passed.status !== 'done') throw new Error(`${operation.name} is ${passed.status}, not done`);
    return passed.output;
  }
  async function refused(operation: Operation, input: unknown, credentials: Credentials, from: From = {}): Promise<Problem> {
    const outcome = await call(operation, input, credentials, from).catch((error: unknown) => error);
    if (outcome instanceof Problem) return outcome;
    throw new Error(`${operation.name} was not refused: ${JSON.stringify(outcome)}`);
  }
  type SignInFrom = From & { password?: string; slug?: string; tokenType?: 'bearer' | 'pair' | 'cookie'; rememberMe?: boolean };
  async function signIn(name: string, from: SignInFrom = {}) {
    const { password = login(name).password, slug, tokenType = 'bearer', rememberMe = false, ...others } = from;
    const input = { email: login(name).email, password, tokenType, rememberMe, ...(slug ? { tenant: slug } : {}) };
    const answer = await done(authLogin, input, null, others);
    if (answer.status !== 'signed-in') throw new Error(`${name} is asked for a second factor`);
    return answer;
  }

  return {
    ...core,
    databaseUrl,
    clock,
    passwords,
    logins,
    login,
    key,
    call,
    done,
    refused,
    signIn,
    /** Slug of a refusal. */
    slugOf: async (operation: Operation, input: unknown, credentials: Credentials, from: From = {}) =>
      (await refused(operation, input, credentials, from)).slug,
    iam: iam!,
    /** Mails that were sent so far. */
    mails,
    /** Texts that went to phones so far. */
    texts,
    /** What was logged so far. */
    log: lines,
    /** Id of a member, found in the schema of persons. */
    async idOf(name: string): Promise<string> {
      const { rows } = await core.databases.platform('test', (db) =>
        db.$client.query<{ id: string }>('select id from auth.users where email = $1', [login(name).email]),
      );
      return rows[0]!.id;
    },
    sql: <R extends Record<string, unknown>>(text: string, values: unknown[] = []): Promise<R[]> =>
      core.databases.platform('test', async (db) => (await db.$client.query<R>(text, values)).rows),
    /** Has someone agree to a Change and waits for its end. */
    async carriedOut(passed: Passed<unknown>, approver: Credentials) {
      if (passed.status !== 'accepted') throw new Error(`it is ${passed.status}, not accepted`);
      await call(changesApprove, { id: passed.change.id }, approver);
      for (let tries = 0; tries < 400; tries += 1) {
        const change = await done(changesGet, { id: passed.change.id }, approver);
        if (change.endedAt !== null) return change;
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      throw new Error(`${passed.change.number} does not end: ${lines.join('')}`);
    },
    async close() {
      try {
        await requireFitting(core);
      } finally {
        await core.stop(5_000);
      }
    },
  };
}
export type Company = Awaited<ReturnType<typeof createCompany>>;
