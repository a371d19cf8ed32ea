import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { StartError } from './start-error.ts';

/** Whom the database runs as. */
export interface Account {
  name: string;
  uid: number;
  gid: number;
}

/** In this order: one made for us, the one distributions make for PostgreSQL, the one every system has. */
const PREFERRED = ['switchyard', 'postgres', 'nobody'];

/** The accounts of a passwd(5) file, by name; root and malformed lines are left out. */
export function parsePasswd(text: string): Map<string, Account> {
  const accounts = new Map<string, Account>();
  for (const line of text.split('\n')) {
    const [name, , uid, gid] = line.split(':');
    if (name && Number(uid) > 0 && Number(gid) >= 0) accounts.set(name, { name, uid: Number(uid), gid: Number(gid) });
  }
  return accounts;
}

/**
 * PostgreSQL refuses to run as root, so as root we step down to an account that exists (`initdb` looks its name up).
 * `null`: we are not root and run it as ourselves.
 */
export function databaseAccount(): Account | null {
  if (process.geteuid?.() !== 0) return null;
  const accounts = parsePasswd(readFileSync('/etc/passwd', 'utf8'));
  for (const name of PREFERRED) {
    const account = accounts.get(name);
    if (account) return account;
  }
  throw new StartError(
    'PostgreSQL does not run as root, and there is no account to run it as.',
    'Create one with `useradd --system switchyard`, start as an ordinary user, or set DATABASE_URL.',
  );
}

/** Options for `spawn`; the directory is `/` because the account need not be able to enter ours. */
export const spawnAs = (account: Account | null) => ({
  cwd: '/',
  // Only what the programs need: our environment holds secrets.
  env: { PATH: '/usr/bin:/bin', LANG: 'C', LC_ALL: 'C', ...(process.env['TZ'] ? { TZ: process.env['TZ'] } : {}) },
  ...(account ? { uid: account.uid, gid: account.gid } : {}),
});

/** Can the account enter this folder? Asked of the system itself, so that access lists count too. */
export function canEnter(account: Account, folder: string): boolean {
  const { status, error } = spawnSync('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], { ...spawnAs(account), stdio: 'ignore' });
  if (error) {
    throw new StartError(
      `This process may not switch to the account "${account.name}" (${error.message}).`,
      'Start as an ordinary user, allow CAP_SETUID and CAP_SETGID in the container, or set DATABASE_URL.',
      { cause: error },
    );
  }
  return status === 0;
}
