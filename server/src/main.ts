import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConfigError, loadConfig, type Config } from '#kernel/config.ts';
import { openDatabases } from '#kernel/database.ts';
import { createLog, type Log } from '#kernel/log.ts';
import { MasterKeyError } from '#kernel/master-keys.ts';
import { migrate } from '#kernel/migrate.ts';
import { isolationFaults } from '#kernel/tenant-security.ts';
import { logOutsideCalls } from '#kernel/outside-calls.ts';
import { startTracing } from '#kernel/tracing.ts';
import { ensureSystemRoles } from '#modules/access/roles.ts';
import { ensureBaselines } from '#modules/policies/baseline.ts';
import { createApp, MODULES, type App } from './app.ts';
import { commands } from './commands/index.ts';
import { seedDemo } from './demo.ts';
import { DEMO_TENANTS } from './demo-people.ts';
import { findDatabase } from './database.ts';
import { startDns } from './dns.ts';
import { asStartError, checkPort, StartError } from './embedded/index.ts';

const ROLES = ['all', 'serve', 'work'] as const;
type Role = (typeof ROLES)[number];

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };

/** Refuses to serve on a database in which tenants could see one another. Answers whether others than the demo's people live there. */
async function selfTest(url: string, root: Uint8Array): Promise<{ inUse: boolean }> {
  const databases = openDatabases({ url, masterKey: root });
  try {
    const faults = await databases.platform('start-up self-test', (db) => isolationFaults((sql) => db.$client.query(sql)));
    if (faults.length > 0)
      throw new StartError(
        `Tenants are not isolated in this database: ${faults.join('; ')}.`,
        'Restore the schema from the migrations; nothing is served until then.',
      );
    const { rows } = await databases.platform('is there more than a demo', (db) => db.$client.query<{ slug: string }>('select slug from tenants'));
    return { inUse: rows.some(({ slug }) => !DEMO_TENANTS.has(slug)) };
  } finally {
    await databases.close();
  }
}

function fail(error: unknown): never {
  const known = asStartError(error);
  if (known) process.stderr.write(`\nswitchyard: ${known.message}\n  ${known.remedy}\n`);
  else if (error instanceof MasterKeyError) process.stderr.write(`switchyard: ${error.message}\n`);
  else if (error instanceof ConfigError)
    process.stderr.write(`\nswitchyard: the configuration cannot be used\n${error.message.replaceAll(/^/gm, '  ')}\n`);
  else process.stderr.write(`\nswitchyard: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
}

async function listen({ http }: App, config: Config): Promise<string> {
  await http.app.listen({ port: config.port, host: config.host });
  const address = http.app.server.address();
  const port = typeof address === 'object' && address ? address.port : config.port;
  return config.publicUrl ?? `http://${config.host === '0.0.0.0' || config.host === '127.0.0.1' ? 'localhost' : config.host}:${port}`;
}

/** First signal: finish what is running, then leave. Second signal: leave. */
function onSignals(stop: () => Promise<number>): void {
  let asked = false;
  const leave = (): void => {
    if (asked) process.exit(1);
    asked = true;
    stop().then((code) => process.exit(code), fail);
  };
  process.on('SIGINT', leave);
  process.on('SIGTERM', leave);
  // Started by another process: when that is gone, however it went, so are we.
  process.on('disconnect', leave);
}

async function stopAll(app: App, config: Config, log: Log, last: readonly (() => Promise<void>)[]): Promise<number> {
  const deadline = config.drainSeconds * 1000;
  const end = Date.now() + deadline;
  app.health.drain();
  await new Promise((resolve) => setTimeout(resolve, config.drainDelaySeconds * 1000));
  app.http.drain();
  // A connection whose last request ends now would be kept alive for the next, which will not come.
  const sweeping = setInterval(() => app.http.app.server.closeIdleConnections(), 100);
  const closed = app.http.app.close().then(() => true);
  const served = await Promise.race([closed, new Promise<boolean>((resolve) => setTimeout(resolve, deadline, false).unref())]);
  clearInterval(sweeping);
  const abandoned = await app.core.stop(Math.max(1_000, end - Date.now()));
  for (const step of last) await step();
  if (abandoned > 0 || !served) log.warn({ abandoned, served }, 'stopped at the deadline; another process carries on');
  return abandoned > 0 || !served ? 1 : 0;
}

async function run(role: Role, wanted: Config): Promise<void> {
  const log = createLog(wanted.logLevel);
  await checkPort(wanted.port, wanted.host);
  logOutsideCalls(log, wanted.otlpEndpoint ? [new URL(wanted.otlpEndpoint).host] : []);
  const stopTracing = await startTracing(wanted.otlpEndpoint);
  const database = await findDatabase(wanted, (line) => say(`  database: ${line}`), fail);
  const { applied, root } = await migrate(database.url, MODULES, wanted);
  if (applied.length > 0) say(`  database: ${applied.length} migrations applied`);
  const { inUse } = await selfTest(database.url, root);
  // The demo's open doors (simulated clouds obey anyone, name servers on loopback) are not for a database that people work with.
  const config = inUse ? { ...wanted, demo: false } : wanted;
  if (inUse && wanted.demo) say('  demo: left out, since this database has tenants of its own');

  const webRoot = fileURLToPath(new URL('../../web/dist', import.meta.url));
  const app = await createApp({
    config,
    databaseUrl: database.url,
    log,
    version,
    works: role !== 'serve',
    ...(existsSync(webRoot) ? { webRoot } : {}),
  });
  const stopDns = config.demo ? (await startDns(app.core, config)).close : async () => undefined;
  onSignals(() => stopAll(app, config, log, [stopDns, stopTracing, database.stop]));
  await ensureSystemRoles(app.core.databases, app.core.registry);
  await ensureBaselines(app.core.databases, app.core.now());
  if (role !== 'serve') await app.core.work();
  if (role === 'work') return say('Switchyard is working.');
  const url = await listen(app, config);
  if (config.smtpUrl === undefined)
    say(`  mail: no SMTP_URL is set; mails, also those that confirm an address, are files in ${join(config.home, 'mail')}`);
  if (config.demo) await seedDemo(app, config, url, say);
  else say(`Switchyard is ready at ${url}`);
}

const [command = 'all', ...rest] = process.argv.slice(2);
try {
  if (rest.includes('--demo')) process.env['SWITCHYARD_DEMO'] = 'true';
  if ((ROLES as readonly string[]).includes(command)) await run(command as Role, loadConfig());
  else if (command in commands) process.exit(await commands[command]!(rest));
  else fail(new StartError(`There is no command "${command}".`, `Use one of: ${[...ROLES, ...Object.keys(commands)].join(', ')}.`));
} catch (error) {
  fail(error);
}
