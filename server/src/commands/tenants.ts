import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import { loadConfig } from '#kernel/config.ts';
import { openDatabases } from '#kernel/database.ts';
import { migrate } from '#kernel/migrate.ts';
import { Problem } from '#kernel/problem.ts';
import { createRegistry } from '#kernel/registry.ts';
import { createProvision } from '#modules/access/roles.ts';
import { createPasswords } from '#modules/identity/passwords.ts';
import { createPerson, personByEmail } from '#modules/identity/people.ts';
import { createTenant } from '#modules/tenancy/tenants.ts';
import { MODULES } from '../app.ts';
import { findDatabase } from '../database.ts';

const USAGE =
  'usage: tenants create --slug acme --name "Acme Networks" --owner-email olivia@acme.example --owner-name Olivia\n       The password is asked for, or read from standard input.\n';

/** Never echoed on a terminal, never taken from the command line, where others could read it. */
async function readPassword(): Promise<string> {
  if (!process.stdin.isTTY) {
    let text = '';
    for await (const part of process.stdin) text += String(part);
    return text.replace(/\r?\n$/, '');
  }
  process.stdout.write('Password for the owner (12 characters or more): ');
  const mute = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: mute, terminal: true });
  try {
    return await lines.question('');
  } finally {
    lines.close();
    process.stdout.write('\n');
  }
}

/** `tenants create`: the first tenant of an installation and its owner, from the server itself. */
export async function tenants([verb, ...args]: string[]): Promise<number> {
  const options = {
    slug: { type: 'string' },
    name: { type: 'string' },
    'owner-email': { type: 'string' },
    'owner-name': { type: 'string' },
  } as const;
  const { values } = parseArgs({ args, options });
  const { slug, name, 'owner-email': email, 'owner-name': ownerName } = values;
  if (verb !== 'create' || !slug || !name || !email || !ownerName) {
    process.stderr.write(USAGE);
    return 2;
  }
  const config = loadConfig();
  const database = await findDatabase(config, () => undefined);
  const databases = openDatabases({ url: database.url, masterKey: config.masterKey });
  try {
    await migrate(database.url, MODULES, { masterKey: config.masterKey });
    const registry = createRegistry(MODULES);
    const provision = createProvision(() => registry);
    const known = await databases.platform('look for the owner', (db) => personByEmail(db, email));
    const password = known ? '' : await readPassword();
    const made = await databases.platform('create tenant from the server', async (db) => {
      const owner = known ?? (await createPerson(db, createPasswords(), { email, name: ownerName, password, context: [name] }, new Date()));
      return createTenant(db, { slug, name }, owner, provision, new Date());
    });
    process.stdout.write(`Tenant ${made.slug} is there; ${email} owns it.\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    process.stderr.write(`switchyard: ${error.message}\n`);
    return 1;
  } finally {
    await databases.close();
    await database.stop();
  }
}
