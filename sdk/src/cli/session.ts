import type { Api } from './api.ts';
import { EXIT, UsageError } from './exit.ts';
import { readPlain } from './flags.ts';
import { ask, note, print, readAll, type Io } from './io.ts';
import { record, table } from './output.ts';
import { readStore, writeStore } from './store.ts';
import { secondFactor, type Challenge } from './second-factor.ts';
import { styleOf } from './style.ts';
import { targetOf, type Target } from './target.ts';

type Connect = (target: Target) => Api;

interface Tenant {
  slug: string;
  name: string;
}
interface SignedIn {
  status: 'signed-in';
  user: { email: string; name: string };
  tenant: Tenant | null;
  tenants: Tenant[];
  token: string;
  expiresAt: string;
}
type SignInAnswer = SignedIn | Challenge;
interface Me {
  actor: { name: string; email: string | null; kind: string };
  tenant: Tenant | null;
  roles: { name: string }[];
}

export const LOGIN = {
  email: { type: 'string', value: 'address', help: 'Who signs in' },
  'password-stdin': { type: 'boolean', help: 'Read the password from standard input' },
  code: { type: 'string', value: 'code', help: 'For the second factor: six digits, or a backup code; asked for when left out' },
  'api-key-stdin': { type: 'boolean', help: 'Keep an API key, read from standard input, instead of signing in' },
} as const;

async function signIn(io: Io, api: Api, body: object, code: unknown): Promise<SignedIn> {
  const answer = (await api.request('POST', '/api/v1/auth/login', { body })).body as SignInAnswer;
  if (answer.status === 'signed-in') return answer;
  return (await secondFactor(io, api, answer, typeof code === 'string' ? code : undefined)) as SignedIn;
}

const secretFrom = async (io: Io): Promise<string> => (await readAll(io)).replace(/\r?\n$/, '');

/** `login`: e-mail and password for a token, or an API key as it is; kept in the context, readable by you alone. */
export async function login(io: Io, args: readonly string[], connect: Connect): Promise<number> {
  const { flags, positionals } = readPlain(args, LOGIN);
  if (positionals.length > 0) throw new UsageError(`login takes no argument "${positionals[0]}"; the e-mail goes behind --email`);
  const target = { ...targetOf(io, flags), token: undefined };
  const store = readStore(io);
  const save = (saved: object): void =>
    writeStore(io, { current: target.context, contexts: { ...store.contexts, [target.context]: { url: target.url, ...saved } } });
  if (flags['apiKeyStdin']) {
    const token = await secretFrom(io);
    const me = (await connect({ ...target, token }).request('GET', '/api/v1/me')).body as Me;
    save({ token, ...(me.tenant ? { tenant: me.tenant.slug } : {}), ...(me.actor.email ? { email: me.actor.email } : {}) });
    note(io, `Signed in to ${target.url} as ${me.actor.name}${inTenant(me.tenant)}.`);
    return EXIT.ok;
  }
  const email = typeof flags['email'] === 'string' ? flags['email'] : await ask(io, 'E-mail');
  const password = flags['passwordStdin'] ? await secretFrom(io) : await ask(io, 'Password', { hidden: true });
  const body = { email, password, tokenType: 'bearer', ...(flags.tenant ? { tenant: flags.tenant } : {}) };
  const api = connect({ ...target, tenant: undefined });
  const { user, tenant, tenants, token, expiresAt } = await signIn(io, api, body, flags['code']);
  save({ ...(tenant ? { tenant: tenant.slug } : {}), token, email: user.email, expiresAt });
  note(io, `Signed in to ${target.url} as ${user.name}${inTenant(tenant)}.`);
  if (!tenant && tenants.length > 0) note(io, `Say with --tenant where to work: ${tenants.map(({ slug }) => slug).join(', ')}.`);
  return EXIT.ok;
}

const inTenant = (tenant: Tenant | null): string => (tenant ? ` in ${tenant.name}` : ', in no tenant yet');

/** `logout`: ends the session on the server and forgets it here, whether or not the server answers. */
export async function logout(io: Io, args: readonly string[], connect: Connect): Promise<number> {
  const target = targetOf(io, readPlain(args).flags);
  const store = readStore(io);
  const saved = store.contexts[target.context];
  if (!saved?.token) {
    note(io, 'You are not signed in.');
    return EXIT.ok;
  }
  const { token, ...rest } = saved;
  // An API key is not a session: it stays good, it is only forgotten here.
  if (!token.startsWith('sy_')) await connect({ ...target, url: saved.url, token }).request('POST', '/api/v1/auth/logout', { body: {} }).catch((error: Error) => note(io, error.message)); // prettier-ignore
  const { expiresAt: _expiresAt, ...kept } = rest;
  writeStore(io, { ...store, contexts: { ...store.contexts, [target.context]: kept } });
  note(io, `Signed out of ${saved.url}.`);
  return EXIT.ok;
}

/** `whoami` */
export async function whoami(io: Io, args: readonly string[], connect: Connect): Promise<number> {
  const { flags } = readPlain(args);
  const target = targetOf(io, flags);
  const me = (await connect(target).request('GET', '/api/v1/me')).body as Me;
  const { actor, tenant, roles } = me;
  print(
    io,
    flags.json
      ? JSON.stringify(me, null, 2)
      : record(
          {
            name: actor.name,
            email: actor.email,
            kind: actor.kind,
            tenant: tenant ? `${tenant.name} (${tenant.slug})` : 'none',
            roles: roles.map(({ name }) => name),
            server: target.url,
          },
          styleOf(io),
        ),
  );
  return EXIT.ok;
}

/** `context list|use|remove` */
export async function context(io: Io, args: readonly string[]): Promise<number> {
  const { flags, positionals } = readPlain(args);
  const [verb = 'list', name] = positionals;
  const store = readStore(io);
  const rows = Object.entries(store.contexts).map(([key, { url, tenant, email, token }]) => ({
    name: key,
    current: key === store.current ? '*' : '',
    url,
    tenant: tenant ?? null,
    email: email ?? null,
    signedIn: token !== undefined,
  }));
  if (verb === 'list')
    print(
      io,
      flags.json ? JSON.stringify(rows, null, 2) : rows.length > 0 ? table(rows, styleOf(io)) : 'No sign-in is saved. Begin with: switchyard login',
    );
  else if (!name || !store.contexts[name]) throw new UsageError(name ? `there is no context "${name}"` : `context ${verb} needs a name`);
  else if (verb === 'use') writeStore(io, { ...store, current: name });
  else if (verb === 'remove')
    writeStore(io, { ...store, contexts: Object.fromEntries(Object.entries(store.contexts).filter(([key]) => key !== name)) });
  else throw new UsageError(`context has no command "${verb}"; it has list, use and remove`);
  return EXIT.ok;
}
