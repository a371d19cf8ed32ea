import { parseArgs } from 'node:util';
import { Problem } from '#kernel/problem.ts';
import { createPerson, personByEmail } from '#modules/identity/people.ts';
import { activateTenant, allTenants, requireTenant, setPlan, suspendTenant } from '#modules/tenancy/lifecycle/operator.ts';
import { recordAct } from '#modules/audit/admin/actions.ts';
import { Credentials, type TenantRecord } from '#modules/tenancy/providers/port.ts';
import { createTenant } from '#modules/tenancy/tenants.ts';
import { withInstallation, type Opened } from './open.ts';
import { listRules, takeOutRules } from './tenant-rules.ts';
import { firstLine, promptPassword } from './password.ts';
import { recordTenantAct } from './trail.ts';
import { operator } from './users/trail.ts';

const USAGE = `usage: tenants create --slug acme --name "Acme Networks" --owner-email olivia@acme.example --owner-name Olivia
       tenants list
       tenants suspend --slug acme --reason "Unpaid since May"
       tenants activate --slug acme
       tenants plan --slug acme --plan business
       tenants rules --slug acme                                        which policy sets are in force
       tenants take-out-rules --slug acme --set lockdown --reason "…"    when they forbid to change themselves
       The password of a new owner is asked for, or read from standard input.
`;

type Values = Partial<Record<'slug' | 'name' | 'owner-email' | 'owner-name' | 'reason' | 'plan' | 'set', string>>;
const say = (line: string): number => (process.stdout.write(`${line}\n`), 0);

const readPassword = async (): Promise<string> =>
  process.stdin.isTTY ? promptPassword('Password for the owner (12 characters or more): ') : ((await firstLine()) ?? '');

/** An account nobody has confirmed, a suspended one or a machine's would leave the tenant without anybody in charge. */
function requireFit({ status, kind }: { status: string; kind: string }, email: string): void {
  if (status === 'active' && kind === 'person') return;
  const what = kind === 'person' ? `is ${status}` : 'is that of a machine';
  throw new Problem('invalid-transition', `The account ${email} ${what} and can own no tenant. Name somebody whose account is active.`);
}

async function create({ core, iam }: Opened, { slug, name, 'owner-email': email, 'owner-name': ownerName }: Values): Promise<number> {
  const { databases, audit, now } = core;
  const known = await databases.platform('look for the owner', (db) => personByEmail(db, email!));
  if (known) requireFit(known, email!);
  const password = known ? '' : await readPassword();
  const made = await databases.platform('create tenant from the server', async (db) => {
    const owner = known ?? (await createPerson(db, iam.passwords, { email: email!, name: ownerName!, password, context: [name!] }, now()));
    const tenant = await createTenant(db, { slug: slug!, name: name! }, owner, iam.provision, now());
    // In a transaction of its own, before this one: without it, nothing is made.
    const targets = [{ type: 'tenant', id: tenant.id, name: tenant.name }];
    const after = { slug: tenant.slug, name: tenant.name, ownerId: owner.id, newAccount: known === undefined };
    await recordAct({ databases, audit: audit.steps }, { at: now(), operator: operator(), operation: 'tenants.create', aboutTenantId: tenant.id, after, targets }); // prettier-ignore
    return tenant;
  });
  return say(`Tenant ${made.slug} is there; ${email} owns it.`);
}

const reasonIn = (input: object): string | null => ('reason' in input && typeof input.reason === 'string' ? input.reason : null);

/** What the operator does to a tenant is in its trail, with the account of the operating system; without the entry it is not done. */
async function withTrail({ core }: Opened, operation: string, slug: string, input: object, act: () => Promise<TenantRecord>): Promise<TenantRecord> {
  const tenant = await core.databases.platform('look for the tenant', (db) => requireTenant(db, slug));
  const before = { status: tenant.status, plan: tenant.plan };
  await recordTenantAct(core, { operation, permission: 'tenants:manage', tenant, input, before, reason: reasonIn(input) });
  const after = await act();
  (core.adapters.get(Credentials.port) as Credentials).lookAgain();
  return after;
}

const verbs: Record<string, { needs: readonly (keyof Values)[]; run: (opened: Opened, values: Values) => Promise<number> }> = {
  create: { needs: ['slug', 'name', 'owner-email', 'owner-name'], run: create },
  list: {
    needs: [],
    run: async ({ core }) => {
      for (const { slug, status, plan, name } of await core.databases.platform('list tenants', allTenants))
        say(`${slug.padEnd(30)} ${status.padEnd(10)} ${plan.padEnd(11)} ${name}`);
      return 0;
    },
  },
  suspend: {
    needs: ['slug', 'reason'],
    run: async (opened, { slug, reason }) => {
      const act = () => opened.core.databases.platform('suspend tenant', (db) => suspendTenant(db, slug!, reason!, opened.core.now()));
      const { name } = await withTrail(opened, 'tenants.suspend', slug!, { reason }, act);
      return say(`${name} is suspended: nobody works in it until it is activated.`);
    },
  },
  activate: {
    needs: ['slug'],
    run: async (opened, { slug }) => {
      const act = () => opened.core.databases.platform('activate tenant', (db) => activateTenant(db, slug!, opened.core.now()));
      const { name, status } = await withTrail(opened, 'tenants.activate', slug!, {}, act);
      return say(`${name} is ${status} again.`);
    },
  },
  plan: {
    needs: ['slug', 'plan'],
    run: async (opened, { slug, plan }) => {
      const act = () => opened.core.databases.platform('plan of a tenant', (db) => setPlan(db, slug!, plan!, opened.core.now()));
      const { name } = await withTrail(opened, 'tenants.plan', slug!, { plan }, act);
      return say(`${name} is on the plan ${plan} now.`);
    },
  },
  rules: { needs: ['slug'], run: listRules },
  'take-out-rules': { needs: ['slug', 'set', 'reason'], run: takeOutRules },
};

/** Runs one verb on an installation that is open. Answers the exit code; 1 with the reason for what was refused. */
export async function tenantsVerb(opened: Opened, verb: string, values: Values): Promise<number> {
  try {
    return await verbs[verb]!.run(opened, values);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    process.stderr.write(`switchyard: ${error.message}\n`);
    return 1;
  }
}

/** `tenants …`: what the operator of the installation does about tenants, from the server itself. */
export async function tenants([verb = '', ...args]: string[]): Promise<number> {
  const text = { type: 'string' } as const;
  const options = { slug: text, name: text, 'owner-email': text, 'owner-name': text, reason: text, plan: text, set: text };
  const { values } = parseArgs({ args, options });
  if (!verbs[verb] || verbs[verb].needs.some((name) => !values[name]?.trim())) {
    process.stderr.write(USAGE);
    return 2;
  }
  return withInstallation((opened) => tenantsVerb(opened, verb, values));
}
