import { Problem } from '#kernel/problem.ts';
import { CREDENTIALS_TOPIC } from '#modules/identity/steps.ts';
import { RightsChanged } from '#modules/access/providers/port.ts';
import { providerOf } from '#kernel/port.ts';
import { withInstallation, type Opened } from '../open.ts';
import { firstLine, promptPassword } from '../password.ts';
import { create, list, remove, show, update, type Seen } from './accounts.ts';
import { readCreation, readOptions, readUpdate, UsageError, whose, type Update, type Values } from './options.ts';
import { lineOf, tableOf } from './output.ts';
import { resetMfa, unlock } from './support.ts';

/** People who sign in by e-mail are looked for here as well. */
const NO_ACCOUNTS = 'There are no local accounts in this tenant. Its members, who sign in by e-mail, are listed by: switchyard members list';

const USAGE = `usage: users create  --tenant T --username U (--password P | --password-stdin) [--admin | --no-admin] [--asn N]...
                     [--fabric ID|SUFFIX]... [--all-fabrics] [--full-name S] [--email S] [--json]
       users update  --tenant T --username U [--password P | --password-stdin] [--admin | --no-admin] [--add-asn N]... [--remove-asn N]...
                     [--add-fabric F]... [--remove-fabric F]... [--enable | --disable] [--full-name S] [--email S] [--json]
       users list    --tenant T [--json]
       users show | delete  --tenant T --username U [--json]
       users unlock | reset-mfa  (--email A | --tenant T --username U) [--cancel]
       --network is another name for --fabric. Without a password option it is asked for on the terminal.
`;
const EXIT = { done: 0, other: 1, usage: 2, conflict: 3, missing: 4 } as const;

/** Where the command reads and writes, and how it gets at the installation. */
export interface UsersIo {
  out: (text: string) => void;
  err: (text: string) => void;
  stdin: NodeJS.ReadableStream & { isTTY?: boolean };
  open: <T>(work: (opened: Opened) => Promise<T>) => Promise<T>;
}

const PROCESS: UsersIo = {
  out: (text) => void process.stdout.write(`${text}\n`),
  err: (text) => void process.stderr.write(`${text}\n`),
  stdin: process.stdin,
  open: withInstallation,
};

const answer = ({ out }: UsersIo, { json }: Values, seen: object, line: string): void => out(json ? JSON.stringify(seen) : line);

/** From exactly one place. `needed`: without any, it is asked for. */
async function readPassword({ err, stdin }: UsersIo, values: Values, needed: boolean): Promise<string | undefined> {
  if (values.password !== undefined) {
    err('switchyard: warning: the password can be seen in the list of processes; --password-stdin hides it');
    return values.password;
  }
  if (!values['password-stdin'] && !(needed && stdin.isTTY)) {
    if (needed) throw new UsageError('a password is missing: --password-stdin reads it from standard input');
    return undefined;
  }
  const found = values['password-stdin'] ? await firstLine(stdin) : await promptPassword('Password (12 characters or more): ');
  if (!found) throw new UsageError('the password is empty');
  return found;
}

/** What other processes remember of people is looked at again. */
function told({ core }: Opened): void {
  providerOf(core.adapters)(RightsChanged).changed();
  core.live.publish(CREDENTIALS_TOPIC);
}

function requireSomething(wanted: Update, password: string | undefined): void {
  const { tenant: _, username: __, ...named } = wanted;
  if (password === undefined && Object.values(named).every((value) => value === undefined || (Array.isArray(value) && value.length === 0)))
    throw new UsageError('nothing to change: name what the account is to get or lose');
}

const VERBS: Readonly<Record<string, (io: UsersIo, values: Values) => Promise<number>>> = {
  async create(io, values) {
    const wanted = readCreation(values);
    const password = (await readPassword(io, values, true))!;
    const made = await io.open((opened) => create(opened, wanted, password).then((seen) => (told(opened), seen)));
    answer(io, values, summaryOf(made), lineOf(made));
    return EXIT.done;
  },
  async update(io, values) {
    const wanted = readUpdate(values);
    const password = await readPassword(io, values, false);
    requireSomething(wanted, password);
    const changed = await io.open(async (opened) => {
      const seen = await update(opened, wanted, password);
      if (password !== undefined || wanted.enabled === false) await opened.iam.sessions.endAll(seen.userId, 'account');
      told(opened);
      return seen;
    });
    answer(io, values, summaryOf(changed), lineOf(changed));
    return EXIT.done;
  },
  async list(io, values) {
    const { tenant } = values;
    if (!tenant) throw new UsageError('--tenant is missing');
    const items = await io.open((opened) => list(opened, tenant));
    answer(io, values, { items }, items.length > 0 ? tableOf(items) : NO_ACCOUNTS);
    return EXIT.done;
  },
  async show(io, values) {
    const account = whose(values);
    const found = await io.open((opened) => show(opened, account));
    answer(io, values, found, tableOf([found]));
    return EXIT.done;
  },
  async delete(io, values) {
    const account = whose(values);
    const { username, userId } = await io.open(async (opened) => {
      const seen = await remove(opened, account);
      await opened.iam.sessions.endAll(seen.userId, 'account');
      told(opened);
      return seen;
    });
    answer(io, values, { username, userId, deleted: true }, `${username} is deleted`);
    return EXIT.done;
  },
  async unlock(io, values) {
    const { id, name } = await io.open((opened) => unlock(opened, values));
    answer(io, values, { userId: id, unlocked: true }, `${name} can try again; a lock for one network ends within 15 minutes`);
    return EXIT.done;
  },
  async 'reset-mfa'(io, values) {
    const { person, reset } = await io.open((opened) => resetMfa(opened, values).then((outcome) => (told(opened), outcome)));
    const due = 'due' in reset ? reset.due.toISOString() : null;
    const lines = {
      asked: `asked for, and ${person.name} was told by mail; run this again after ${due}`,
      waiting: `asked for already; it can be done after ${due}`,
      done: `${person.name} has no second factor any more, and was signed out everywhere`,
      cancelled: 'the reset was cancelled',
    };
    answer(io, values, { userId: person.id, step: reset.step, due }, lines[reset.step]);
    return reset.step === 'waiting' ? EXIT.conflict : EXIT.done;
  },
};

/** What success tells: never the password or its hash. */
const summaryOf = ({ username, userId, asns, fabrics, admin }: Seen): object => ({
  username,
  userId,
  asns: asns.length,
  fabrics: fabrics.includes('*') ? '*' : fabrics.length,
  admin,
});

const codeOf = ({ slug, kind: { status } }: Problem): number =>
  status === 404 ? EXIT.missing : status === 409 || slug === 'last-owner' ? EXIT.conflict : status === 422 ? EXIT.usage : EXIT.other;

/** `users …`: local accounts and help for people who are locked out, at the server. Exit codes: 0 done, 2 input, 3 conflict, 4 not found, 1 other. */
export async function users([verb = '', ...args]: string[], io: UsersIo = PROCESS): Promise<number> {
  const act = VERBS[verb];
  if (!act || args.includes('--help') || args.includes('-h')) {
    io.err(USAGE.trimEnd());
    return act ? EXIT.done : EXIT.usage;
  }
  try {
    return await act(io, readOptions(verb, args));
  } catch (error) {
    if (error instanceof UsageError) return (io.err(error.message.replaceAll(/^/gm, 'switchyard: ')), EXIT.usage);
    if (error instanceof Problem) return (io.err(`switchyard: ${error.message}`), codeOf(error));
    throw error;
  }
}
