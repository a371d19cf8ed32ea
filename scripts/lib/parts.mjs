import { accessSync, constants, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './children.mjs';
import { toolEnvironment } from './paths.mjs';

/**
 * Real servers and tools that tests drive: the command that shows it is there, the Debian package, the service that it brings, and why.
 * `or` names a command and package that serve as well, where that is there already or the first is not to be had.
 * @type {readonly { command: string, package: string, or?: string, service?: string, why: string }[]}
 */
export const PARTS = [
  { command: 'knotd', package: 'knot', service: 'knot', why: 'the DNS provider is tested against a real authoritative server (RFC 2136 with TSIG)' },
  { command: 'kdig', package: 'knot-dnsutils', why: 'to ask that server over UDP and TCP' },
  { command: 'dig', package: 'bind9-dnsutils', why: 'the journeys ask for the record they made as a user would' },
  { command: 'named-checkzone', package: 'bind9-utils', why: 'exported zone files must be accepted by BIND' },
  { command: 'kzonecheck', package: 'knot-dnssecutils', why: 'exported zone files must be accepted by Knot' },
  { command: 'nsd-checkzone', package: 'nsd', service: 'nsd', why: 'exported zone files must be accepted by NSD, which is stricter' },
  { command: 'bird', package: 'bird2', service: 'bird', why: 'every configuration made for a route server must be accepted by BIRD' },
  { command: 'vtysh', package: 'frr', service: 'frr', why: 'what members of an exchange are told to configure must be accepted by FRR' },
  { command: 'gobgpd', package: 'gobgpd', service: 'gobgpd', why: 'and by GoBGP' },
  { command: 'exabgp', package: 'exabgp', service: 'exabgp', why: 'members of a route server run it beside BIRD, FRR and GoBGP' },
  { command: 'bgpd', package: 'openbgpd', service: 'openbgpd', why: 'and by OpenBGPD' },
  { command: 'stayrtr', package: 'stayrtr', service: 'stayrtr', why: 'a route server must refuse what this validator says is Invalid' },
  { command: 'bgpq4', package: 'bgpq4', why: 'lists of routing registries are made by this program, from a registry of the tests' },
  { command: 'sshd', package: 'openssh-server', service: 'ssh', why: 'route servers are reached over SSH, with a key that must open nothing else' },
  { command: 'ping', package: 'iputils-ping', why: 'workflows ping by this program, and it is asked for what answers and what does not' },
  { command: 'redis-server', package: 'redis-server', service: 'redis-server', why: 'sessions and their revocation are tested on both stores' },
  { command: 'mariadbd', package: 'mariadb-server-core', why: 'what workflows read and write in a MariaDB is tested against a real one' },
  { command: 'python3', package: 'python3', why: 'the receiver of webhooks in Python is started and sent to' },
  { command: 'openssl', package: 'openssl', why: 'the receiver of webhooks in Bash, and certificates that webhooks must refuse' },
  { command: '7z', package: 'p7zip-full', why: 'exported secrets must open in a program that people have (AES-256 in ZIP)' },
  // The same engine without windows: opening one and a page takes two thirds of the time, and less than half for the first.
  { command: 'chromium-headless-shell', package: 'chromium-headless-shell', or: 'chromium', why: 'the browser journeys' },
];

/** @param {string} command */
const runs = (command) =>
  toolEnvironment()
    .PATH.split(':')
    .some((folder) => {
      try {
        accessSync(join(folder, command), constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });

/** @param {typeof PARTS[number]} part */
const isThere = ({ command, or }) => runs(command) || (or !== undefined && runs(or));

const absent = () => PARTS.filter((part) => !isThere(part));

const isDebian = () => existsSync('/etc/os-release') && /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'));

const POLICY = '/usr/sbin/policy-rc.d';

/**
 * Packages that bring a server start it at once, and whenever the machine begins; while this file says no, they do not do the first, and the
 * services named do not do the second. Tests start their own.
 * @template T @param {string[]} services @param {() => Promise<T>} work
 */
async function withoutStarting(services, work) {
  const ours = !existsSync(POLICY);
  if (ours) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    return await work();
  } finally {
    if (ours) rmSync(POLICY, { force: true });
    if (runs('systemctl')) await run('systemctl', ['disable', ...services]);
  }
}

/**
 * Installs the missing parts where we may (root on Debian or Ubuntu). Answers one line for each that stays absent.
 * @param {{ allowed: boolean, print: (line: string) => void }} options
 */
export async function bringParts({ allowed, print }) {
  const missing = absent();
  if (missing.length === 0) return [];
  const say = (/** @type {string} */ why) => absent().map((part) => `${part.command} is absent (${why}): ${part.why}`);
  if (!allowed) return say('--no-install');
  if (process.geteuid?.() !== 0 || !isDebian())
    return say(`install it with your package manager; on Debian: apt-get install ${missing.map((part) => part.package).join(' ')}`);
  for (const part of missing) print(`  installing ${part.package}: ${part.why}\n`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const nameOf = async (/** @type {typeof PARTS[number]} */ part) =>
    part.or === undefined || (await run('apt-cache', ['show', part.package], { env })).code === 0 ? part.package : part.or;
  const install = (/** @type {string[]} */ names) =>
    run('apt-get', ['-o', 'DPkg::Lock::Timeout=120', 'install', '-y', '-q', '--no-install-recommends', ...names], { env });
  const services = missing.flatMap(({ service }) => (service ? [service] : []));
  const result = await withoutStarting(services, async () => {
    await run('apt-get', ['-q', 'update'], { env });
    return install(await Promise.all(missing.map(nameOf)));
  });
  if (result.code !== 0) print(`${result.output.trimEnd().split('\n').slice(-5).join('\n')}\n`);
  return say('apt-get could not install it');
}
