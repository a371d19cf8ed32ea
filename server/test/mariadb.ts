import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createConnection } from 'mysql2/promise';
import { freePort } from './free-port.ts';

/** Statements that make the tables of the server itself; packages lay them in one of these. */
const SHARED = ['/usr/share/mysql', '/usr/share/mariadb', '/usr/local/share/mysql'].find((folder) =>
  existsSync(join(folder, 'mysql_system_tables.sql')),
);
/** Is there a MariaDB on this machine? A suite that needs it is skipped where there is none. */
export const hasMariadb = SHARED !== undefined && spawnSync('mariadbd', ['--version']).status === 0;

/** A certificate for `name`, signed by an authority of its own, as files in `folder`. */
function certify(folder: string, name: string): { ca: string; cert: string; key: string } {
  const at = (file: string): string => join(folder, file);
  const openssl = (...args: string[]): void => {
    const { status, stderr } = spawnSync('openssl', args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`openssl ${args[0]}: ${stderr}`);
  };
  const fresh = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl('req', '-x509', ...fresh, '-days', '2', '-subj', '/CN=Authority of a test', '-keyout', at('ca.key'), '-out', at('ca.pem'));
  openssl('req', '-x509', ...fresh, '-days', '2', '-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`, '-addext', 'basicConstraints=critical,CA:FALSE', '-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-keyout', at('server.key'), '-out', at('server.pem'));
  return { ca: at('ca.pem'), cert: at('server.pem'), key: at('server.key') };
} // prettier-ignore

/** A real MariaDB on loopback with a database `lab`, small and without a log, whose certificate is for `name`. */
export async function startMariadb(name: string) {
  const folder = mkdtempSync(join(tmpdir(), 'mariadb-'));
  const data = join(folder, 'data');
  mkdirSync(data);
  const { ca, cert, key } = certify(folder, name);
  const port = await freePort();
  const small = [
    '--no-defaults', `--datadir=${data}`, ...(process.getuid?.() === 0 ? ['--user=root'] : []), '--skip-log-bin', '--character-set-server=utf8mb4', '--innodb-log-file-size=4M', '--innodb-buffer-pool-size=8M', '--innodb-data-file-path=ibdata1:4M:autoextend',
    '--innodb-temp-data-file-path=ibtmp1:1M:autoextend', '--aria-log-file-size=8M', '--innodb-flush-log-at-trx-commit=0',
  ]; // prettier-ignore
  const system = ['mysql_system_tables.sql', 'mysql_system_tables_data.sql'].map((file) => readFileSync(join(SHARED!, file), 'utf8'));
  const input = ['create database mysql;', 'use mysql;', 'set @auth_root_socket=NULL;', ...system, 'create database lab;', ''].join('\n');
  const made = spawnSync('mariadbd', [...small, '--bootstrap'], { input, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`MariaDB is not set up: ${made.stderr.split('\n').filter((line) => /error/i.test(line)).join('\n')}`); // prettier-ignore
  const listening = [`--port=${port}`, '--bind-address=127.0.0.1', `--socket=${join(folder, 's')}`, `--ssl-cert=${cert}`, `--ssl-key=${key}`, '--performance-schema=off', '--skip-name-resolve'];
  const child = spawn('mariadbd', [...small, ...listening], { stdio: 'ignore' });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const close = async (): Promise<void> => {
    child.kill('SIGTERM');
    await gone;
    rmSync(folder, { recursive: true, force: true });
  };
  const connect = () => createConnection({ host: '127.0.0.1', port, user: 'root', database: 'lab', multipleStatements: true });
  for (const until = Date.now() + 30_000; ; await pause(20)) {
    const root = await connect().catch(() => undefined);
    if (root) return { port, root, connect, ca: readFileSync(ca, 'utf8'), close: async () => (await root.end(), close()) };
    if (child.exitCode === null && Date.now() < until) continue;
    await close();
    throw new Error('MariaDB does not start');
  }
} // prettier-ignore
export type TestMariadb = Awaited<ReturnType<typeof startMariadb>>;
