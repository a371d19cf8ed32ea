import { setTimeout as pause } from 'node:timers/promises';
import type { Line } from '../lib/staging-report.mjs';
import { run } from '../lib/children.mjs';
import { NeedsPerson } from './lines.ts';
import { byHand, type Stage } from './stage.ts';

const COMMAND_MS = 10 * 60_000;
const REQUEST_MS = 10_000;

/** Ready, of which version, and whom the key stands for. @param keep is told the version */
export async function tryInstallation({ lines: { line }, installation }: Stage, keep: (version: string) => void): Promise<Line> {
  return line('Installation', async () => {
    const health = await installation.look('/health/ready');
    if (health.status !== 200) throw new Error(`It is not ready: ${health.status} ${(await health.text()).slice(0, 200)}`);
    const { info } = await installation.read('/openapi.json');
    keep(info.version);
    const { actor, tenant } = await installation.read('/me');
    if (!tenant) throw new Error('The API key works in no tenant. Make one for somebody who owns the tenant of the test.');
    return `version ${info.version}, as ${actor.name} in ${tenant.slug}`;
  });
}

/** An invitation is a mail like any other; whoever gets it does not take it up. */
async function invite({ installation, config: { mail } }: Stage): Promise<string> {
  const { mail: way } = await installation.read('/auth/providers');
  if (way !== 'smtp') throw new Error('This installation has no mail server: its mails are files. Set SMTP_URL.');
  const { tenant } = await installation.read('/me');
  const roles = await installation.all('/roles');
  const role = roles.find(({ key }) => key === 'viewer');
  if (!role) throw new Error('The tenant has no role "viewer" to invite somebody to');
  const wish = { email: mail!.to, roleIds: [role['id']], message: 'staging-test: this is a test, and is withdrawn again', expiresInDays: 1 };
  await installation.does('POST', `/tenants/${tenant.id}/invitations`, wish);
  return `an invitation to ${mail!.to} was handed to the mail queue`;
}

/** Mails, one that leaves and all that arrive. */
export async function tryMail(stage: Stage, reached: Line): Promise<void> {
  const { lines: { line }, config: { mail } } = stage; // prettier-ignore
  if (mail) await line('Mail: leaves', () => invite(stage), [reached]);
  const look = 'The invitation arrived and is not taken for spam; so are the mails of a sign-up, an approval and a reset.';
  await line('Mail: arrives', () => new NeedsPerson(mail ? `${look} It was sent to ${mail.to}.` : byHand('mail', look)));
}

async function lookAtProvider({ installation, config: { identityProvider } }: Stage): Promise<string> {
  const known = await installation.all('/identity-providers');
  const found = known.find(({ key }) => key === identityProvider);
  if (!found)
    throw new Error(`The tenant has no identity provider "${identityProvider}"; it has ${known.map(({ key }) => key).join(', ') || 'none'}`);
  const { checks } = await installation.does('POST', `/identity-providers/${found['id']}/test`);
  const bad = (checks as { name: string; ok: boolean; detail: string }[]).filter(({ ok }) => !ok);
  if (bad.length > 0) throw new Error(bad.map(({ name, detail }) => `${name}: ${detail}`).join('; '));
  return (checks as { name: string; detail: string }[]).map(({ name, detail }) => `${name}: ${detail}`).join('; ');
}

/** Its discovery document and keys, as the installation reads them. */
export async function tryIdentityProvider(stage: Stage, reached: Line): Promise<void> {
  const { lines: { line }, config: { identityProvider } } = stage; // prettier-ignore
  if (identityProvider) await line('Identity provider: discovery and keys', () => lookAtProvider(stage), [reached]);
  const look = 'Sign in by the identity provider of a tenant; leave there, and be out here.';
  await line('Identity provider: sign-in', () => new NeedsPerson(identityProvider ? look : byHand('identityProvider', look)));
}

interface Finding {
  name: string;
  ok: boolean;
  detail: string;
}

/** `switchyard doctor --json`, wherever the words lead; what else they print is passed over. */
async function doctor({ signal }: Stage, [program = '', ...args]: readonly string[]): Promise<string> {
  const { code, output } = await run(program, args, { signal, timeout: COMMAND_MS });
  const json = /^\[\n[\s\S]*^\]$/m.exec(output)?.[0];
  if (json === undefined) throw new Error(`${program} ended with code ${code} and printed no findings: ${output.trimEnd().slice(-300)}`);
  const findings = JSON.parse(json) as Finding[];
  const bad = findings.filter(({ ok }) => !ok);
  if (bad.length > 0) throw new Error(bad.map(({ name, detail }) => `${name}: ${detail}`).join('; '));
  if (code !== 0 || findings.length === 0) throw new Error(`${program} ended with code ${code} and ${findings.length} findings`);
  return findings.map(({ name }) => name).join(', ');
}

/** The installation itself, and its backup. */
export async function tryDoctor(stage: Stage): Promise<void> {
  const { lines: { line }, config } = stage; // prettier-ignore
  const parts = [
    ['Doctor', 'doctor', config.doctor, 'run `switchyard doctor` on its server: it finds nothing.'],
    ['Backup', 'restored', config.restored, 'restore a backup beside the installation, with its master key, and run `switchyard doctor` there: it finds nothing.'],
  ] as const; // prettier-ignore
  for (const [name, entry, words, look] of parts) await line(name, async () => (words ? doctor(stage, words) : new NeedsPerson(byHand(entry, look))));
}

/** What one request of somebody who works there came to; nothing when it was answered well. */
async function fault(url: string, token: string): Promise<string | undefined> {
  try {
    const signal = AbortSignal.timeout(REQUEST_MS);
    const answer = await fetch(`${url}/api/v1/me`, { headers: { authorization: `Bearer ${token}` }, redirect: 'error', signal });
    await answer.arrayBuffer();
    return answer.status === 200 ? undefined : `status ${answer.status}`;
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return cause instanceof Error ? cause.message : String(cause);
  }
}

/** Requests at a steady pace, whether those before have been answered or not, for the time that was said and until `isOver`. */
async function load({ config: { url, apiKey, restart }, signal }: Stage, isOver: () => boolean): Promise<{ sent: number; faults: string[] }> {
  const under: Promise<string | undefined>[] = [];
  for (const end = Date.now() + restart.seconds * 1_000; Date.now() < end || !isOver();) {
    under.push(fault(url, apiKey));
    await pause(1_000 / restart.perSecond, undefined, { signal });
  }
  const ends = await Promise.all(under);
  return { sent: ends.length, faults: ends.filter((one) => one !== undefined) };
}

async function restarts(stage: Stage): Promise<string | NeedsPerson> {
  const { config: { restart: { seconds, perSecond, command } }, signal, say } = stage; // prettier-ignore
  if (!command) say(`Restart one process after another now: for ${seconds} s, ${perSecond} requests a second are sent`);
  const [program = '', ...args] = command ?? [];
  let isOver = !command;
  const restarting = command ? run(program, args, { signal, timeout: COMMAND_MS }).finally(() => (isOver = true)) : undefined;
  const { sent, faults } = await load(stage, () => isOver);
  const ended = await restarting;
  if (ended && ended.code !== 0) throw new Error(`${program} ended with code ${ended.code}: ${ended.output.trimEnd().slice(-300)}`);
  if (faults.length > 0) throw new Error(`${faults.length} of ${sent} requests failed: ${[...new Set(faults)].slice(0, 5).join('; ')}`);
  const did = `none of ${sent} requests failed`;
  return command ? `${did}, while ${program} restarted` : new NeedsPerson(`${did}. Say whether each process was restarted meanwhile.`);
}

/** The balancer, while one process after another is restarted. */
export const tryRestart = (stage: Stage, reached: Line): Promise<Line> => stage.lines.line('Restart under load', () => restarts(stage), [reached]);
