import type { Line } from '../lib/staging-report.mjs';
import { PREFIX, type RouteServer } from './config.ts';
import { isProblem, type Installation } from './installation.ts';
import { NeedsPerson, wordsOfError } from './lines.ts';
import { byHand, requireNetwork, type Stage } from './stage.ts';

/** No resolver ever knows it (RFC 6761, section 6.4). */
export const NOWHERE = 'staging-nowhere.invalid';
const HOLD_MS = 2 * 3_600_000;

const pathOf = ({ handle }: Pick<RouteServer, 'handle'>): string => `/exchange/route-servers/${encodeURIComponent(handle)}`;

/** Records it at another host. Port, user, host key and the key pair that its host was set up with stay. */
export async function recordAt(installation: Installation, server: RouteServer, host: string): Promise<void> {
  const { access } = await installation.read(`${pathOf(server)}/status`);
  const { port, user, hostKey } = access;
  await installation.does('POST', `${pathOf(server)}/connect`, { host, port, user, hostKey });
}

/** Its fabric is one of the test's own, so that no other server gets what is tried here. */
async function fabricOf({ installation }: Stage, server: RouteServer): Promise<string> {
  const { fabric } = await installation.read(pathOf(server));
  if (!String(fabric).startsWith(PREFIX))
    throw new Error(`"${server.handle}" is on the fabric "${String(fabric)}", whose short name does not begin with ${PREFIX}`);
  return fabric;
}

/** Nothing is applied by itself while it is tried. */
const hold = ({ installation }: Stage, server: RouteServer): Promise<unknown> =>
  installation.does('POST', `${pathOf(server)}/hold`, {
    until: new Date(Date.now() + HOLD_MS).toISOString(),
    reason: 'staging-test: nothing is applied by itself',
  });

async function check(stage: Stage, server: RouteServer): Promise<string> {
  await fabricOf(stage, server);
  const { access } = await stage.installation.read(`${pathOf(server)}/status`);
  if (!access) throw new Error(`It is not recorded how "${server.handle}" is reached: prepare it as docs/guides/route-servers.md says`);
  if (access.host !== server.host) throw new Error(`"${server.handle}" is recorded at ${access.host}, and the configuration says ${server.host}`);
  await hold(stage, server);
  const found = await stage.installation.does('POST', `${pathOf(server)}/check`);
  const bad = (found['checks'] as { name: string; ok: boolean; detail: string }[]).filter(({ ok }) => !ok);
  if (bad.length > 0) throw new Error(bad.map(({ name, detail }) => `${name}: ${detail}`).join('; '));
  return (found['checks'] as { name: string }[]).map(({ name }) => name).join(', ');
}

const apply = async ({ installation }: Stage, server: RouteServer): Promise<number> =>
  (await installation.does('POST', `${pathOf(server)}/apply`))['generation'];

/** The test network on its fabric, so that there is something to apply. Two servers of a fabric have it both. */
async function connectNetwork(stage: Stage, server: RouteServer): Promise<void> {
  const fabricId = await fabricOf(stage, server);
  const participantId = await requireNetwork(stage);
  const there = await stage.installation.all(`/exchange/connections?fabricId=${fabricId}&participantId=${participantId}`);
  if (there.length === 0) await stage.installation.does('POST', '/exchange/connections', { fabricId, participantId });
}

/** Recorded at a name that nobody knows, applying fails as with a server that is away; recorded where it is, the same succeeds. */
async function failsAndIsTriedAgain(stage: Stage, server: RouteServer, before: number): Promise<string> {
  await connectNetwork(stage, server);
  await recordAt(stage.installation, server, NOWHERE);
  const failed = await apply(stage, server).catch((error: unknown) => error);
  await recordAt(stage.installation, server, server.host);
  if (typeof failed === 'number') throw new Error(`Applying succeeded although "${server.handle}" was recorded at ${NOWHERE}`);
  if (!isProblem(failed, 'ssh-unreachable')) throw failed;
  const number = await apply(stage, server);
  if (number <= before) throw new Error(`Generation ${before} was to be followed by another, and ${number} is loaded`);
  return `recorded at ${NOWHERE} it failed (${wordsOfError(failed)}); tried again, generation ${number} is confirmed`;
}

async function goBack({ installation }: Stage, server: RouteServer, generation: number): Promise<string> {
  const to = await installation.does('POST', `${pathOf(server)}/rollback`, { generation, holdHours: 1 });
  const { access } = await installation.read(`${pathOf(server)}/status`);
  if (access.loadedGeneration !== to['generation'])
    throw new Error(`Generation ${to['generation']} was confirmed, and the server says that it has ${access.loadedGeneration}`);
  return `the text of generation ${generation} is confirmed as ${to['generation']}`;
}

async function tryOne(stage: Stage, server: RouteServer, reached: Line): Promise<void> {
  const { line } = stage.lines;
  const name = `Route server ${server.handle}`;
  let before = 0;
  const checked = await line(`${name}: check`, () => check(stage, server), [reached]);
  const applied = await line(`${name}: apply`, async () => `generation ${(before = await apply(stage, server))} is confirmed`, [checked]);
  const again = await line(`${name}: failure, and again`, () => failsAndIsTriedAgain(stage, server, before), [applied]);
  await line(`${name}: back`, () => goBack(stage, server, before), [again]);
}

/** Each route server of the configuration by itself. */
export async function tryRouteServers(stage: Stage, reached: Line): Promise<void> {
  const { lines: { line }, config: { routeServers } } = stage; // prettier-ignore
  for (const server of routeServers) await tryOne(stage, server, reached);
  if (routeServers.length === 0)
    await line('Route servers', () => new NeedsPerson(byHand('routeServers', 'check two servers, apply, try a failed one again from its page, and go back.'))); // prettier-ignore
}
