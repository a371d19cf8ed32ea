import { parseArgs } from 'node:util';
import { isMailAddress } from '#kernel/mail.ts';
import { ALL_FABRICS, normalUsername, readAsns, readFabrics, usernameFault } from '#modules/identity/local/rules.ts';

/** Input that cannot be carried out: what is wrong, a line each. Exit code 2. */
export class UsageError extends Error {}

const text = { type: 'string' } as const;
const many = { type: 'string', multiple: true, default: [] as string[] } as const;
const flag = { type: 'boolean', default: false } as const;

const OPTIONS = {
  tenant: text, username: text, email: text, 'full-name': text, password: text, 'password-stdin': flag, admin: flag, 'no-admin': flag,
  asn: many, fabric: many, network: many, 'all-fabrics': flag, 'add-asn': many, 'remove-asn': many, 'add-fabric': many, 'remove-fabric': many,
  enable: flag, disable: flag, cancel: flag, json: flag,
} as const; // prettier-ignore
type Name = keyof typeof OPTIONS;
export type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values'];

const ACCOUNT: readonly Name[] = ['password', 'password-stdin', 'admin', 'no-admin', 'full-name', 'email'];
/** What each verb takes besides `--tenant`, `--username` and `--json`. */
const TAKES: Readonly<Record<string, readonly Name[]>> = {
  create: [...ACCOUNT, 'asn', 'fabric', 'network', 'all-fabrics'],
  update: [...ACCOUNT, 'add-asn', 'remove-asn', 'add-fabric', 'remove-fabric', 'enable', 'disable'],
  list: [],
  show: [],
  delete: [],
  unlock: ['email'],
  'reset-mfa': ['email', 'cancel'],
};

/** Throws UsageError for an option that the verb does not take. */
export function readOptions(verb: string, args: readonly string[]): Values {
  let values: Values;
  try {
    ({ values } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: false }));
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  const allowed = new Set<string>([...TAKES[verb]!, 'tenant', 'username', 'json']);
  const given = (name: string): boolean => {
    const value = values[name as Name];
    return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
  };
  const foreign = Object.keys(OPTIONS).filter((name) => given(name) && !allowed.has(name));
  if (foreign.length > 0) throw new UsageError(foreign.map((name) => `users ${verb} has no option --${name}`).join('\n'));
  return values;
}

/** Reads `--asn`, `--fabric` and the like, and collects everything that is wrong with an account's options. */
function collect(values: Values) {
  const faults: string[] = [];
  const asns = (texts: readonly string[]): number[] => {
    const read = readAsns(texts);
    faults.push(...read.faults);
    return read.values;
  };
  const fabrics = (texts: readonly string[]): string[] => {
    const read = readFabrics(texts.filter((one) => one !== ALL_FABRICS));
    faults.push(...read.faults);
    return texts.includes(ALL_FABRICS) ? [ALL_FABRICS] : read.values;
  };
  const contradict = (one: Name, other: Name): void =>
    void (values[one] && values[other] && faults.push(`--${one} and --${other} exclude each other`));
  contradict('admin', 'no-admin');
  contradict('enable', 'disable');
  if (values.password !== undefined && values['password-stdin']) faults.push('give the password in one way: --password or --password-stdin');
  if (values.email !== undefined && !isMailAddress(values.email)) faults.push(`"${values.email}" is not an e-mail address`);
  const name = values['full-name']?.trim();
  if (name !== undefined && (name === '' || name.length > 100 || /\p{Cc}/u.test(name))) faults.push('a full name has 1 to 100 characters');
  return { faults, asns, fabrics, name };
}

export interface Whose {
  tenant: string;
  username: string;
}

/** Which account is meant. Throws UsageError when it is not said. */
export function whose({ tenant, username }: Values): Whose {
  const missing = [tenant ? [] : ['--tenant is missing'], username?.trim() ? [] : ['--username is missing']].flat();
  if (missing.length > 0) throw new UsageError(missing.join('\n'));
  return { tenant: tenant!, username: normalUsername(username!) };
}

export interface Wanted extends Whose {
  fullName: string | undefined;
  email: string | undefined;
  admin: boolean | undefined;
}

export interface Creation extends Wanted {
  asns: number[];
  fabrics: string[];
}
export interface Update extends Wanted {
  addAsns: number[];
  removeAsns: number[];
  addFabrics: string[];
  removeFabrics: string[];
  enabled: boolean | undefined;
}

const adminOf = (values: Values): boolean | undefined => (values.admin ? true : values['no-admin'] ? false : undefined);
const enabledOf = (values: Values): boolean | undefined => (values.enable ? true : values.disable ? false : undefined);

/** Everything that can be known to be wrong before the database is asked. Throws UsageError with all of it. */
export function readCreation(values: Values): Creation {
  const { faults, asns, fabrics, name } = collect(values);
  const account = whose(values);
  const fault = usernameFault(account.username);
  const found = {
    ...account,
    fullName: name,
    email: values.email,
    admin: adminOf(values),
    asns: asns(values.asn ?? []),
    fabrics: fabrics([...(values.fabric ?? []), ...(values.network ?? []), ...(values['all-fabrics'] || values.admin ? [ALL_FABRICS] : [])]),
  };
  if (fault) faults.push(`"${account.username}": ${fault}`);
  if (faults.length > 0) throw new UsageError(faults.join('\n'));
  return found;
}

export function readUpdate(values: Values): Update {
  const { faults, asns, fabrics, name } = collect(values);
  const found = {
    ...whose(values),
    fullName: name,
    email: values.email,
    admin: adminOf(values),
    enabled: enabledOf(values),
    addAsns: asns(values['add-asn'] ?? []),
    removeAsns: asns(values['remove-asn'] ?? []),
    addFabrics: fabrics(values['add-fabric'] ?? []),
    removeFabrics: fabrics(values['remove-fabric'] ?? []),
  };
  const both = [
    ...found.addAsns.filter((asn) => found.removeAsns.includes(asn)),
    ...found.addFabrics.filter((one) => found.removeFabrics.includes(one)),
  ];
  if (both.length > 0) faults.push(`${both.join(', ')}: to be added and removed at once`);
  if (faults.length > 0) throw new UsageError(faults.join('\n'));
  return found;
}
