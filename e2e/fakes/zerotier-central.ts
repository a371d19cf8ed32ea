import { MEMBER, merged, NETWORK, NEW_MEMBER, NEW_NETWORK } from './zerotier-fields.ts';
import { fieldsOf, listening, type Answer, type Asked, type Fields } from './zerotier-server.ts';

interface CentralNetwork {
  config: Fields;
  rulesSource: string;
  members: Map<string, { name: string; config: Fields }>;
}

/** ZeroTier Central's API as its OpenAPI document has it: what matters lies in `config`, and what lies beside it is passed over. */
export async function startZerotierCentral({ token = 'central-token-of-the-laboratory', networks = [] as readonly string[] } = {}) {
  const own = { token };
  const empty = (): CentralNetwork => ({ config: { ...NEW_NETWORK, revision: 1 }, rulesSource: 'accept;\n', members: new Map() });
  const kept = new Map<string, CentralNetwork>(networks.map((id) => [id, empty()]));

  const shown = (id: string, { config, rulesSource, members }: CentralNetwork): Fields => ({
    id,
    type: 'Network',
    clock: 0,
    config: { id, ...config },
    rulesSource,
    description: '',
    totalMemberCount: members.size,
  });
  const shownMember = (networkId: string, nodeId: string, { name, config }: { name: string; config: Fields }): Fields => ({ id: `${networkId}-${nodeId}`, type: 'Member', networkId, nodeId, controllerId: networkId.slice(0, 10), name, description: '', hidden: false, config: { ...config, id: nodeId, address: nodeId, nwid: networkId } }); // prettier-ignore

  function onMember({ method, body }: Asked, networkId: string, nodeId: string): Answer {
    const { members } = kept.get(networkId)!;
    const found = members.get(nodeId);
    if (method === 'POST') {
      const { config, name } = fieldsOf(body);
      const before = found ?? { name: '', config: { ...NEW_MEMBER, revision: 1 } };
      const { name: _named, ...takes } = MEMBER;
      const after = { name: typeof name === 'string' ? name : before.name, config: merged(before.config, fieldsOf(config), takes) };
      members.set(nodeId, after);
      return { status: 200, body: shownMember(networkId, nodeId, after) };
    }
    if (!found) return { status: 404, body: { type: 'error', message: 'member not found' } };
    if (method !== 'DELETE') return { status: 200, body: shownMember(networkId, nodeId, found) };
    members.delete(nodeId);
    return { status: 200 };
  }

  function onNetwork({ method, body }: Asked, id: string): Answer {
    const found = kept.get(id)!;
    if (method === 'DELETE') return (kept.delete(id), { status: 200 });
    if (method !== 'POST') return { status: 200, body: shown(id, found) };
    const { config, rulesSource } = fieldsOf(body);
    // The compiled rules are nobody's to set here: they come of the source.
    const { rules: _rules, ...takes } = NETWORK;
    found.config = merged(found.config, fieldsOf(config), takes);
    if (typeof rulesSource === 'string') found.rulesSource = rulesSource;
    return { status: 200, body: shown(id, found) };
  }

  function answer(asked: Asked): Answer {
    const { path } = asked;
    if (path === '/api/v1/status')
      return { status: 200, body: { id: 'central_status', type: 'CentralStatus', version: '1.9', apiVersion: '1', readOnlyMode: false } };
    const [, id, , node] = /^\/api\/v1\/network\/([0-9a-f]{16})(\/member(?:\/([0-9a-f]{10}))?)?$/.exec(path) ?? [];
    if (id === undefined || !kept.has(id)) return { status: 404, body: { type: 'error', message: 'not found' } };
    if (node !== undefined) return onMember(asked, id, node);
    if (!path.endsWith('/member')) return onNetwork(asked, id);
    return { status: 200, body: [...kept.get(id)!.members].map(([nodeId, member]) => shownMember(id, nodeId, member)) };
  }

  const server = listening((asked, { headers }) => (headers.authorization === `token ${own.token}` ? answer(asked) : { status: 401, body: { type: 'error', message: 'unauthorized' } })); // prettier-ignore
  await server.start();
  return {
    url: `${server.origin()}/api/v1`,
    asked: server.asked,
    forced: server.forced,
    own,
    network: (id: string): Fields | undefined => kept.get(id)?.config,
    member: (networkId: string, nodeId: string): Fields | undefined => kept.get(networkId)?.members.get(nodeId)?.config,
    byHand: (path: string, body: object, method = 'POST'): Answer => answer({ method, path: `/api/v1${path}`, body }),
    joins: (networkId: string, nodeId: string): void =>
      void kept.get(networkId)?.members.set(nodeId, { name: '', config: { ...NEW_MEMBER, revision: 1 } }),
    start: server.start,
    stop: server.stop,
    close: server.stop,
  };
}
