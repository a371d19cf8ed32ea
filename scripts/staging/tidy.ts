import { NOWHERE, recordAt } from './route-servers.ts';
import { isProblem } from './installation.ts';
import { wordsOfError } from './lines.ts';
import { CONTROLLER, FABRIC, NETWORK, SECRET, type Stage } from './stage.ts';

/** What is not there needs not be taken away. */
const GONE = ['exchange-fabric-not-found', 'controller-not-found', 'exchange-network-not-found', 'exchange-route-server-not-found'];

/** Members, connections and the fabric of the ZeroTier network, from the inside out, then the controller and its token. */
async function zerotier({ installation }: Stage): Promise<string[]> {
  const gone: string[] = [];
  const [fabrics, controllers, secrets] = await Promise.all(['/exchange/fabrics', '/exchange/controllers', '/secrets'].map(installation.all));
  const controller = controllers!.find(({ name }) => name === CONTROLLER);
  if (fabrics!.some(({ slug }) => slug === FABRIC)) {
    const members = await installation.all(`/exchange/members?fabricId=${FABRIC}`);
    // A controller that was not looked at for a while is written to only after it has been.
    if (members.length > 0) await installation.does('POST', `/exchange/controllers/${CONTROLLER}/preflight`);
    for (const { id } of members) await installation.does('POST', `/exchange/members/${id}/deauthorize`);
    if (controller?.['networks'].some(({ fabric }: { fabric: string }) => fabric === FABRIC))
      await installation.does('POST', '/exchange/networks/unbind', { fabricId: FABRIC });
    for (const { id } of await installation.all(`/exchange/connections?fabricId=${FABRIC}`))
      await installation.does('DELETE', `/exchange/connections/${id}`);
    await installation.does('DELETE', `/exchange/fabrics/${FABRIC}`);
    gone.push(FABRIC);
  }
  if (controller) gone.push((await installation.does('DELETE', `/exchange/controllers/${CONTROLLER}`), CONTROLLER));
  const secret = secrets!.find(({ name }) => name === SECRET);
  if (secret) gone.push((await installation.does('DELETE', `/secrets/${secret['id']}`), SECRET));
  return gone;
}

/** The network with what is left of its connections. */
async function network({ installation, config: { asn } }: Stage): Promise<string[]> {
  const found = (await installation.all('/exchange/participants')).find((one) => one['asn'] === asn && one['name'] === NETWORK);
  if (!found) return [];
  for (const { id } of await installation.all(`/exchange/connections?participantId=AS${asn}`))
    await installation.does('DELETE', `/exchange/connections/${id}`);
  await installation.does('DELETE', `/exchange/participants/AS${asn}`);
  return [NETWORK];
}

async function invitation({ installation, config: { mail } }: Stage): Promise<string[]> {
  if (!mail) return [];
  const { tenant } = await installation.read('/me');
  const open = await installation.all(`/tenants/${tenant.id}/invitations?state=pending`);
  const ours = open.filter(({ email, message }) => email === mail.to.toLowerCase() && String(message).startsWith('staging-test'));
  for (const { id } of ours) await installation.does('DELETE', `/invitations/${id}`);
  return ours.map(({ email }) => `the invitation of ${email}`);
}

/** Recorded where it is, without what was tried on it, and no longer held. */
async function routeServers({ installation, config }: Stage): Promise<string[]> {
  const gone: string[] = [];
  for (const server of config.routeServers) {
    const path = `/exchange/route-servers/${encodeURIComponent(server.handle)}`;
    const { access, following } = await installation.read(`${path}/status`);
    if (!access || !following?.holdUntil) continue;
    if (access.host === NOWHERE) await recordAt(installation, server, server.host);
    const { isSame, generation } = await installation.does('POST', `${path}/plan`);
    // Only what this test has loaded is taken back; a server that could not be reached has got nothing.
    if (!isSame && generation !== null && access.state === 'ready') await installation.does('POST', `${path}/apply`);
    await installation.does('POST', `${path}/hold`, { until: null });
    gone.push(`the hold of ${server.handle}`);
  }
  return gone;
}

/**
 * Takes away all that a run makes, of this run or of one that was killed, by the names that only the test uses. Goes on with the other parts
 * when one fails, and throws what was in the way of each.
 */
export async function tidy(stage: Stage): Promise<string[]> {
  const gone: string[] = [];
  const faults: string[] = [];
  // Connections go before servers are applied to, and before the network that has them.
  for (const part of [zerotier, network, routeServers, invitation])
    try {
      gone.push(...(await part(stage)));
    } catch (error) {
      if (!isProblem(error, ...GONE)) faults.push(wordsOfError(error));
    }
  if (faults.length > 0) throw new Error(faults.join('; '));
  return gone;
}
