import { randomBytes } from 'node:crypto';
import type { Line } from '../lib/staging-report.mjs';
import type { Config } from './config.ts';
import { NeedsPerson } from './lines.ts';
import { byHand, CONTROLLER, FABRIC, requireNetwork, SECRET, type Stage } from './stage.ts';

type Zerotier = NonNullable<Config['zerotier']>;

/** Number from the range for documentation (RFC 5398): no session is ever made with it here. */
const RS_ASN = 64_496;

async function preflight({ installation }: Stage, { baseUrl, token }: Zerotier): Promise<string> {
  await installation.does('POST', '/secrets', { name: SECRET, value: token, description: 'Of the staging test, which takes it away again' });
  await installation.does('POST', '/exchange/controllers', { name: CONTROLLER, token: `secret://${SECRET}`, ...(baseUrl ? { baseUrl } : {}) });
  const found = await installation.does('POST', `/exchange/controllers/${CONTROLLER}/preflight`);
  const { state, blockedCode, detail, remediation, kind, software, stages } = found;
  if (state !== 'ready') throw new Error([`The controller is ${state} (${blockedCode})`, detail, remediation].filter(Boolean).join(': '));
  return `${kind} ${software ?? ''} passed ${stages.map(({ name }: { name: string }) => name).join(', ')}`;
}

async function bind({ installation }: Stage, { network, prefix }: Zerotier): Promise<string> {
  const wish = { slug: FABRIC, name: 'Staging test', rsAsn: RS_ASN, ipv6Prefix: prefix, rpkiMode: 'monitor', irrMode: 'off', allowPrivateAsns: true, access: 'closed' };
  await installation.does('POST', '/exchange/fabrics', wish);
  const { networkId } = await installation.does('POST', '/exchange/networks/bind', { fabricId: FABRIC, controllerId: CONTROLLER, network });
  return `${FABRIC} is on network ${networkId}, which stays at the controller afterwards`;
} // prettier-ignore

/** Let on, read back by a preflight, which compares what the controller has, and taken off. */
async function member(stage: Stage, { node = randomBytes(5).toString('hex') }: Zerotier): Promise<string> {
  const { installation } = stage;
  const { id: connectionId } = await installation.does('POST', '/exchange/connections', {
    fabricId: FABRIC,
    participantId: await requireNetwork(stage),
  });
  const on = await installation.does('POST', '/exchange/members/authorize', { connectionId, nodeId: node });
  if (on['authorized'] !== true) throw new Error(`The controller was told to let node ${node} on, and says that it is not`);
  const { findings } = await installation.does('POST', `/exchange/controllers/${CONTROLLER}/preflight`);
  const wrong = (findings as { nodeId: string | null; detail: string }[]).filter(({ nodeId }) => nodeId === node);
  if (wrong.length > 0) throw new Error(`Read back, node ${node} is not as it was written: ${wrong.map(({ detail }) => detail).join('; ')}`);
  await installation.does('POST', `/exchange/members/${on['id']}/deauthorize`);
  const left = await installation.all(`/exchange/members?fabricId=${FABRIC}`);
  if (left.length > 0) throw new Error(`Node ${node} was taken off and is still listed`);
  return `node ${node} was let on with ${(on['addresses'] as string[]).join(', ')}, read back, and taken off`;
}

/** Controller, network and member. */
export async function tryZerotier(stage: Stage, reached: Line): Promise<void> {
  const { lines: { line }, config: { zerotier } } = stage; // prettier-ignore
  if (zerotier) {
    const ready = await line('ZeroTier: preflight', () => preflight(stage, zerotier), [reached]);
    const bound = await line('ZeroTier: network', () => bind(stage, zerotier), [ready]);
    await line('ZeroTier: member', () => member(stage, zerotier), [bound]);
  } else
    await line('ZeroTier: controller', () => new NeedsPerson(byHand('zerotier', 'run a preflight, bind a network, let a node on and take it off.')));
  await line(
    'ZeroTier: a real node',
    () => new NeedsPerson('Approve a port, and join with a real node: it has the addresses that the page of the port says.'),
  );
}
