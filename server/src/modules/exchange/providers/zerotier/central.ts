import { Problem } from '#kernel/problem.ts';
import { differences } from '../../controllers/rules.ts';
import { ask, objectOf, type Line } from './line.ts';
import { NODE_ID, type Controller, type Member, type NetworkWish } from './port.ts';
import { guardInSource, sourceFor } from './rules.ts';
import { checked, list, memberFields, memberIn, networkFields, networkIn, record, text, toCull, written } from './shapes.ts';

export const CENTRAL_URL = 'https://api.zerotier.com/api/v1';
export const CENTRAL_REFUSAL = 'Check that the API token is one of the account that has the network.';

const at = (id: string, nodeId?: string): string => {
  checked(id, nodeId);
  return `/network/${id}${nodeId === undefined ? '' : `/member/${nodeId}`}`;
};

function memberOf(found: Record<string, unknown>): Member | undefined {
  const nodeId = text(found['nodeId']);
  return NODE_ID.test(nodeId) ? memberIn(text(found['id']), nodeId, record(found['config'])) : undefined;
}

async function getNetwork(line: Line, id: string) {
  const reply = await ask(line, 'GET', at(id));
  if (reply.status === 404) return null;
  const found = objectOf(reply, 'a network');
  return networkIn(id, record(found['config']), guardInSource(found['rulesSource']));
}

async function getMember(line: Line, id: string, nodeId: string): Promise<Member | null> {
  const reply = await ask(line, 'GET', at(id, nodeId));
  if (reply.status === 404) return null;
  const member = memberOf(objectOf(reply, 'a member'));
  if (!member) throw new Problem('controller-bad-response', 'The controller does not say which node the member is.');
  return member;
}

async function ensureNetwork(line: Line, id: string, wish: NetworkWish) {
  const found = await getNetwork(line, id);
  if (!found) throw new Problem('controller-network-missing', `ZeroTier Central has no network ${id}: make it there, then name it here.`);
  const updated = differences(found, wish);
  if (updated.length === 0) return { created: false, updated, network: found };
  await ask(line, 'POST', at(id), { config: networkFields(wish, found.routes), rulesSource: sourceFor(toCull(wish)) });
  const network = await getNetwork(line, id);
  if (!network || differences(network, wish).length > 0)
    throw new Problem('controller-readback-mismatch', 'The controller took what it was told of the network and answers something else.');
  return { created: false, updated, network };
}

/** ZeroTier's hosted service. Bodies have what matters in `config`; networks are made there, by people. */
export function central(line: Line): Controller {
  return {
    kind: 'central',
    async probe() {
      const { version } = objectOf(await ask(line, 'GET', '/status'), 'itself');
      return { nodeId: null, version: text(version) };
    },
    getNetwork: (id) => getNetwork(line, id),
    ensureNetwork: (id, wish) => ensureNetwork(line, id, wish),
    async listMembers(id) {
      const { status, body } = await ask(line, 'GET', `${at(id)}/member`);
      if (status === 404) throw new Problem('controller-network-missing', `The controller has no network ${id}.`);
      if (!Array.isArray(body)) throw new Problem('controller-bad-response', 'The list of members is none.');
      return list(body).flatMap((one) => memberOf(record(one)) ?? []);
    },
    getMember: (id, nodeId) => getMember(line, id, nodeId),
    upsertMember: (id, nodeId, wish) =>
      written(
        async () => void objectOf(await ask(line, 'POST', at(id, nodeId), { name: wish.name, config: memberFields(wish) }), 'a member'),
        () => getMember(line, id, nodeId),
        wish,
      ),
    async deauthorizeMember(id, nodeId) {
      if ((await getMember(line, id, nodeId)) === null) return null;
      await ask(line, 'POST', at(id, nodeId), { config: { authorized: false } });
      return getMember(line, id, nodeId);
    },
    async deleteMember(id, nodeId) {
      if ((await this.deauthorizeMember(id, nodeId)) !== null) await ask(line, 'DELETE', at(id, nodeId));
    },
  };
}
