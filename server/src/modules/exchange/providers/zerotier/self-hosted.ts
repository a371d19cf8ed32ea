import { Problem } from '#kernel/problem.ts';
import { differences } from '../../controllers/rules.ts';
import { ask, objectOf, type Line } from './line.ts';
import { NODE_ID, type Controller, type Member, type NetworkWish, type Probe } from './port.ts';
import { guardIn, rulesFor } from './rules.ts';
import { checked, list, memberFields, memberIn, networkFields, networkIn, record, text, toCull, written } from './shapes.ts';

export const REFUSAL = 'Check that the token is that of authtoken.secret, and that allowManagementFrom in local.conf has our address: both look the same from here.'; // prettier-ignore

/** So many members are read at once where the controller has no list with their fields. */
const TOGETHER = 8;

const at = (id: string, nodeId?: string): string => {
  checked(id, nodeId);
  return `/controller/network/${id}${nodeId === undefined ? '' : `/member/${nodeId}`}`;
};

async function ownId(line: Line): Promise<{ nodeId: string; version: string }> {
  const { address, version } = objectOf(await ask(line, 'GET', '/status'), 'itself');
  const nodeId = text(address);
  if (!NODE_ID.test(nodeId)) throw new Problem('controller-bad-response', 'The controller does not say which node it is.');
  return { nodeId, version: text(version) };
}

async function getNetwork(line: Line, id: string) {
  const reply = await ask(line, 'GET', at(id));
  if (reply.status === 404) return null;
  const found = objectOf(reply, 'a network');
  return networkIn(id, found, guardIn(found['rules']));
}

async function getMember(line: Line, id: string, nodeId: string): Promise<Member | null> {
  const reply = await ask(line, 'GET', at(id, nodeId));
  return reply.status === 404 ? null : memberIn(nodeId, nodeId, objectOf(reply, 'a member'));
}

/** Newer controllers tell all of them at once. */
async function listedWhole(line: Line, id: string): Promise<Member[] | undefined> {
  const { status, body } = await ask(line, 'GET', `/unstable${at(id)}/member`);
  const data = record(body)['data'];
  if (status === 404 || !Array.isArray(data)) return undefined;
  return list(data).flatMap((one) => {
    const found = record(one);
    const nodeId = text(found['address']) || text(found['id']);
    return NODE_ID.test(nodeId) ? [memberIn(nodeId, nodeId, found)] : [];
  });
}

async function listedOneByOne(line: Line, id: string): Promise<Member[]> {
  const ids = Object.keys(objectOf(await ask(line, 'GET', `${at(id)}/member`), 'members')).filter((nodeId) => NODE_ID.test(nodeId));
  const found: (Member | null)[] = [];
  for (let from = 0; from < ids.length; from += TOGETHER) {
    found.push(...(await Promise.all(ids.slice(from, from + TOGETHER).map((nodeId) => getMember(line, id, nodeId)))));
  }
  return found.filter((one) => one !== null);
}

async function probe(line: Line): Promise<Probe> {
  const own = await ownId(line);
  try {
    const { controller, databaseReady } = objectOf(await ask(line, 'GET', '/controller'), 'itself');
    if (controller !== true) throw new Problem('controller-bad-response', 'What answers there is no controller.');
    if (databaseReady === false) throw new Problem('controller-database-not-ready', 'The controller is there, and its database is not ready yet.');
  } catch (error) {
    if (!(error instanceof Problem) || error.slug !== 'controller-upstream-error') throw error;
    throw new Problem('controller-database-not-ready', 'The controller is there, and its database is not ready yet.', {}, { cause: error });
  }
  return own;
}

async function ensureNetwork(line: Line, id: string, wish: NetworkWish) {
  const path = at(id);
  const found = await getNetwork(line, id);
  const updated = found ? differences(found, wish) : [];
  if (found && updated.length === 0) return { created: false, updated, network: found };
  const { nodeId } = await ownId(line);
  // It takes any id, and networks of another prefix never work.
  if (!id.startsWith(nodeId)) throw new Problem('controller-network-missing', `Network ${id} is not one of controller ${nodeId}: its id begins with that of its controller.`); // prettier-ignore
  objectOf(await ask(line, 'POST', path, { ...networkFields(wish, found?.routes ?? []), rules: rulesFor(toCull(wish)) }), 'a network');
  const network = await getNetwork(line, id);
  if (!network || differences(network, wish).length > 0)
    throw new Problem('controller-readback-mismatch', 'The controller took what it was told of the network and answers something else.');
  return { created: found === null, updated, network };
}

/** A controller of one's own, by the local API of ZeroTier One. Bodies are flat; what has a wrong type is silently passed over by it. */
export function selfHosted(line: Line): Controller {
  return {
    kind: 'self_hosted_controller',
    probe: () => probe(line),
    getNetwork: (id) => getNetwork(line, id),
    ensureNetwork: (id, wish) => ensureNetwork(line, id, wish),
    async listMembers(id) {
      if ((await getNetwork(line, id)) === null) throw new Problem('controller-network-missing', `The controller has no network ${id}.`);
      return (await listedWhole(line, id)) ?? listedOneByOne(line, id);
    },
    getMember: (id, nodeId) => getMember(line, id, nodeId),
    upsertMember: (id, nodeId, wish) =>
      written(
        async () => void objectOf(await ask(line, 'POST', at(id, nodeId), { ...memberFields(wish), name: wish.name }), 'a member'),
        () => getMember(line, id, nodeId),
        wish,
      ),
    async deauthorizeMember(id, nodeId) {
      // It would make a node that it does not know.
      if ((await getMember(line, id, nodeId)) === null) return null;
      return memberIn(nodeId, nodeId, objectOf(await ask(line, 'POST', at(id, nodeId), { authorized: false }), 'a member'));
    },
    async deleteMember(id, nodeId) {
      // One that is online comes back as it was, so it loses its authorisation first.
      if ((await this.deauthorizeMember(id, nodeId)) !== null) await ask(line, 'DELETE', at(id, nodeId));
    },
  };
}
