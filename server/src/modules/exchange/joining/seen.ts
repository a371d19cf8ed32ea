import type { Afterwards } from '#kernel/context.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { Resources, tagOf } from '#kernel/resource-cache.ts';
import { taint } from '#kernel/taint.ts';
import { controllerTarget, memberOfConnection, networkOf } from '../controllers/store.ts';
import { controllers, type ControllerRow } from '../controllers/tables.ts';
import { openController, TokenSealing, tokenPlace } from '../controllers/talk.ts';
import { findRequest } from './store.ts';

type Looker = Pick<Afterwards, 'tenantId' | 'provider' | 'read'>;

/** Somebody waits for the page: a controller that takes longer has said nothing. */
const PATIENCE_MS = 4_000;

interface Node {
  controller: ControllerRow;
  networkId: string;
  nodeId: string;
}
/** The node that a request names, where there is a controller to ask about it; otherwise what is known without asking. */
async function nodeOf({ tenantId, read }: Looker, id: string): Promise<Node | boolean | null> {
  return read(async (db) => {
    const place = { db, tenantId };
    const { request } = await findRequest(place, id);
    const member = request.connectionId === null ? undefined : await memberOfConnection(place, request.connectionId);
    if (member?.authorized) return true;
    const network = await networkOf(place, request.fabricId);
    if (!network || request.nodeId === null) return null;
    const [controller] = await db.select().from(controllers).where(and(eq(controllers.tenantId, tenantId), eq(controllers.id, network.controllerId))); // prettier-ignore
    return controller?.token ? { controller, networkId: network.networkId, nodeId: request.nodeId } : null;
  });
}

async function asked({ tenantId, provider, read }: Looker, { controller, networkId, nodeId }: Node): Promise<boolean> {
  const token = await read((db) => provider(TokenSealing).open(db, tokenPlace(controller), controller.token!));
  taint(token, `token of controller ${controller.name}`, tenantId);
  return (await openController({ provider, tenantId }, controller, token).getMember(networkId, nodeId)) !== null;
}

/** Has the controller met the node on the network? Null where nobody can say; asked once in half a minute, for all who look. */
export async function nodeSeen(looker: Looker, id: string): Promise<boolean | null> {
  const node = await nodeOf(looker, id);
  if (node === null || typeof node === 'boolean') return node;
  const { controller, networkId, nodeId } = node;
  const key = { tenantId: looker.tenantId, kind: 'members', tag: tagOf(controllerTarget(controller)), part: `${networkId} ${nodeId}` } as const;
  const told = looker.provider(Resources).read(key, () => asked(looker, node));
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => void (timer = setTimeout(() => resolve(null), PATIENCE_MS)));
  return Promise.race([told.then(({ value }) => value), late])
    .catch(() => null)
    .finally(() => clearTimeout(timer));
}
