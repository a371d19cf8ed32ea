import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { MEMBER, merged, NETWORK, NEW_MEMBER, NEW_NETWORK } from './zerotier-fields.ts';
import { fieldsOf, listening, type Answer, type Asked, type Fields } from './zerotier-server.ts';

export interface ZerotierControllerOptions {
  nodeId?: string;
  token?: string;
  /** The folder of ZeroTier One, `controller.d` and all; what it keeps is read at each start. Kept in memory when left out. */
  stateDir?: string;
  /** Whether it has the lists that newer ones have. */
  unstable?: boolean;
}

type Kept = Map<string, { network: Fields; members: Map<string, Fields> }>;

const json = (file: string): Fields => JSON.parse(readFileSync(file, 'utf8')) as Fields;
const namesIn = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -5)) : []; // prettier-ignore

function readState(stateDir: string): Kept {
  const top = join(stateDir, 'controller.d', 'network');
  return new Map(
    namesIn(top).map((id) => {
      const folder = join(top, id, 'member');
      const members = new Map(namesIn(folder).map((nodeId) => [nodeId, json(join(folder, `${nodeId}.json`))]));
      return [id, { network: json(join(top, `${id}.json`)), members }];
    }),
  );
}

function writeState(stateDir: string, kept: Kept): void {
  const top = join(stateDir, 'controller.d', 'network');
  rmSync(top, { recursive: true, force: true });
  mkdirSync(top, { recursive: true, mode: 0o700 });
  for (const [id, { network, members }] of kept) {
    writeFileSync(join(top, `${id}.json`), JSON.stringify(network), { mode: 0o600 });
    if (members.size > 0) mkdirSync(join(top, id, 'member'), { recursive: true, mode: 0o700 });
    for (const [nodeId, member] of members) writeFileSync(join(top, id, 'member', `${nodeId}.json`), JSON.stringify(member), { mode: 0o600 });
  }
}

/** Files of an identity and a token, as ZeroTier One makes them at its first start. */
function writeIdentity(stateDir: string, nodeId: string, token: string): void {
  mkdirSync(join(stateDir, 'controller.d', 'network'), { recursive: true, mode: 0o700 });
  const key = randomBytes(64).toString('hex');
  writeFileSync(join(stateDir, 'identity.public'), `${nodeId}:0:${key}`);
  writeFileSync(join(stateDir, 'identity.secret'), `${nodeId}:0:${key}:${randomBytes(64).toString('hex')}`, { mode: 0o600 });
  writeFileSync(join(stateDir, 'authtoken.secret'), token, { mode: 0o600 });
}

/**
 * The local API of ZeroTier One's controller, as its source has it: flat bodies, what is of a wrong type silently passed over, any network
 * id taken, nodes that are not known made, `{}` with 401 for whoever is not let in.
 */
export async function startZerotierController({
  nodeId = '8056c2e21c',
  token = 'controller-token-of-the-laboratory',
  stateDir,
  unstable = true,
}: ZerotierControllerOptions = {}) {
  let kept: Kept = new Map();
  const own = { nodeId, token, isReady: true, lets: true };
  if (stateDir && !existsSync(join(stateDir, 'identity.public'))) writeIdentity(stateDir, nodeId, token);

  function save<T>(result: T): T {
    if (stateDir) writeState(stateDir, kept);
    return result;
  }
  const shown = (id: string, fields: Fields): Fields => ({ ...fields, id, nwid: id, objtype: 'network', creationTime: 0 });
  const shownMember = (nwid: string, id: string, fields: Fields): Fields => ({ ...fields, id, address: id, nwid, objtype: 'member', vMajor: 1 });

  function onMember({ method, body }: Asked, networkId: string, id: string): Answer {
    const found = kept.get(networkId);
    if (!found) return { status: 404 };
    const member = found.members.get(id);
    if (method === 'POST' || method === 'PUT') {
      const after = merged(member ?? { ...NEW_MEMBER, revision: 1 }, fieldsOf(body), MEMBER);
      found.members.set(id, after);
      return save({ status: 200, body: shownMember(networkId, id, after) });
    }
    if (!member) return { status: 404, body: {} };
    if (method === 'DELETE') found.members.delete(id);
    return save({ status: 200, body: shownMember(networkId, id, member) });
  }

  function onNetwork({ method, body }: Asked, id: string): Answer {
    const found = kept.get(id);
    if (method === 'POST' || method === 'PUT') {
      const network = merged(found?.network ?? { ...NEW_NETWORK, revision: 1 }, fieldsOf(body), NETWORK);
      kept.set(id, { network, members: found?.members ?? new Map() });
      return save({ status: 200, body: shown(id, network) });
    }
    if (!found) return { status: 404 };
    if (method === 'DELETE') kept.delete(id);
    return save({ status: 200, body: shown(id, found.network) });
  }

  function members(id: string, whole: boolean): Answer {
    const found = kept.get(id);
    if (!found) return { status: 404 };
    if (!whole) return { status: 200, body: Object.fromEntries([...found.members].map(([name, { revision }]) => [name, revision])) };
    const all = [...found.members].map(([name, fields]) => shownMember(id, name, fields));
    return {
      status: 200,
      body: { data: all, meta: { totalCount: all.length, authorizedCount: all.filter((one) => one['authorized'] === true).length } },
    };
  }

  function answer(asked: Asked): Answer {
    const { path } = asked;
    if (path === '/status') return { status: 200, body: { address: own.nodeId, online: true, version: '1.14.2', config: { settings: {} } } };
    if (path === '/controller')
      return own.isReady
        ? { status: 200, body: { controller: true, apiVersion: 4, clock: Date.now(), databaseReady: true } }
        : { status: 503, body: {} };
    if (path === '/controller/network' && asked.method === 'GET') return { status: 200, body: [...kept.keys()] };
    const [, early, id, , node] = /^(\/unstable)?\/controller\/network\/([0-9a-f]{16})(\/member(?:\/([0-9a-f]{10}))?)?$/.exec(path) ?? [];
    if (id === undefined || (early && !unstable)) return { status: 404, body: {} };
    if (node !== undefined) return onMember(asked, id, node);
    return path.endsWith('/member') ? members(id, early !== undefined) : onNetwork(asked, id);
  }

  const server = listening((asked, request) => (own.lets && request.headers['x-zt1-auth'] === own.token ? answer(asked) : { status: 401, body: {} }));
  const start = async (): Promise<void> => {
    if (stateDir) {
      kept = readState(stateDir);
      own.nodeId = readFileSync(join(stateDir, 'identity.public'), 'utf8').slice(0, 10);
      own.token = readFileSync(join(stateDir, 'authtoken.secret'), 'utf8').trim();
    }
    await server.start();
  };
  await start();
  return {
    url: server.origin(),
    asked: server.asked,
    forced: server.forced,
    /** What can be set: `lets: false` is somebody whom allowManagementFrom does not name. */
    own,
    network: (id: string): Fields | undefined => kept.get(id)?.network,
    member: (networkId: string, id: string): Fields | undefined => kept.get(networkId)?.members.get(id),
    /** Somebody at the controller itself. */
    byHand: (path: string, body: object, method = 'POST'): Answer => answer({ method, path, body }),
    /** A node that has joined and waits. */
    joins: (networkId: string, id: string): void => void kept.get(networkId)?.members.set(id, { ...NEW_MEMBER, revision: 1 }),
    start,
    stop: server.stop,
    isUp: server.isUp,
    close: server.stop,
  };
}
