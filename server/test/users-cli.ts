import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Config } from '#kernel/config.ts';
import { auditList } from '#modules/audit/index.ts';
import { authLocalLogin } from '#modules/identity/index.ts';
import { users as run } from '../src/commands/users/index.ts';
import { testMasterKey } from './clone.ts';
import type { Company } from './company.ts';
import { LEAN } from './lean.ts';

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));
/** The command of the SDK, which hands what is the server's to the server beside it. */
const SWITCHYARD = fileURLToPath(new URL('../../sdk/bin/switchyard.mjs', import.meta.url));
export const PASSWORD = 'umbrella gravel tuesday';

export interface Ran {
  code: number;
  out: string;
  err: string;
}
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller says what the command prints
export const json = <T = Record<string, unknown>>({ out }: Ran): T => JSON.parse(out) as T;

/** `switchyard users …`: as an operator runs it, or within this process. */
export function createUsersCli(company: Company) {
  const home = mkdtempSync(join(tmpdir(), 'switchyard-users-'));
  const env = {
    ...LEAN,
    DATABASE_URL: company.databaseUrl,
    SWITCHYARD_MASTER_KEY: Buffer.from(testMasterKey()).toString('base64'),
    SWITCHYARD_HOME: home,
  };
  /** A process of its own on the company's database. What it makes begins now, so the company's clock follows. */
  const process_ = (args: readonly string[], stdin = '', script = MAIN): Promise<Ran> =>
    new Promise((done) => {
      const child = spawn(process.execPath, [script, 'users', ...args], { env, stdio: ['pipe', 'pipe', 'pipe'] });
      const written = { out: '', err: '' };
      child.stdout.on('data', (part: Buffer) => (written.out += part.toString()));
      child.stderr.on('data', (part: Buffer) => (written.err += part.toString()));
      child.stdin.on('error', () => undefined); // a command that refuses its options reads nothing
      child.stdin.end(stdin);
      child.once('close', (code) => {
        company.clock.at = new Date();
        done({ code: code ?? -1, ...written });
      });
    });
  /** The same command without the price of a process. */
  async function users(args: readonly string[], stdin = ''): Promise<Ran> {
    const written = { out: '', err: '' };
    const config = { publicUrl: undefined, port: 8420 } as Config;
    const code = await run([...args], {
      out: (text) => (written.out += `${text}\n`),
      err: (text) => (written.err += `${text}\n`),
      stdin: Readable.from(stdin === '' ? [] : [Buffer.from(stdin)]),
      open: (work) => work({ core: company, iam: company.iam, config }),
    });
    return { code, ...written };
  }
  return {
    process: process_,
    switchyard: (args: readonly string[], stdin = '') => process_(args, stdin, SWITCHYARD),
    users,
    /** In acme, with the usual password. */
    create: (username: string, ...more: string[]) =>
      users(['create', '--tenant', 'acme', '--username', username, '--password-stdin', '--json', ...more], `${PASSWORD}\n`),
    change: (username: string, ...more: string[]) => users(['update', '--tenant', 'acme', '--username', username, '--json', ...more]),
    async login(username: string, password = PASSWORD, more: object = {}) {
      const answer = await company.done(authLocalLogin, { username, password, tokenType: 'bearer', ...more }, null);
      if (answer.status !== 'signed-in') throw new Error(`${username} was asked for a second factor`);
      return { ...answer, token: answer.token! };
    },
    refusal: (username: string, password: string, more: object = {}) => company.refused(authLocalLogin, { username, password, ...more }, null),
    async associations(username: string): Promise<{ asns: number[]; fabrics: string[] }> {
      const [found] = await company.sql<{ asns: number[]; fabrics: string[] }>(
        `select array(select asn::int from auth.asn_rights r where r.user_id = c.user_id and source = 'local' and state = 'live' order by 1) as asns,
          array(select coalesce(fabric, '*') from auth.fabric_grants f where f.user_id = c.user_id order by 1) as fabrics
          from auth.local_credentials c where username = $1`,
        [username],
      );
      return found!;
    },
    /** Everything that a run could leave behind, as numbers of rows. */
    async counts() {
      const tables = [
        'auth.users',
        'auth.local_credentials',
        'auth.asn_rights',
        'auth.fabric_grants',
        'auth.memberships',
        'members',
        'grants',
        'auth.activity',
      ];
      const [found] = await company.sql(`select ${tables.map((table) => `(select count(*) from ${table})::int as "${table}"`).join(', ')}`);
      return found;
    },
    /** What acme's audit trail has of acts at the server, the newest first. */
    async audited() {
      const { items } = await company.done(auditList, { limit: 200 }, company.key('olivia'));
      return items.filter(({ operation }) => operation.startsWith('identity.'));
    },
    close: () => rmSync(home, { recursive: true, force: true }),
  };
}
export type UsersCli = ReturnType<typeof createUsersCli>;
