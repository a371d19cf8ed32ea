import type { Json } from '../../graph.ts';
import { NodeError } from '../declare.ts';
import { isOpen } from '../values.ts';

/** What the platform has, and the Operations that tell of it: whoever asks sees what they see everywhere else. */
export interface Kind {
  list: string;
  get: string;
  /** Input of the list that shows all there is. */
  input?: Readonly<Record<string, Json>>;
  /** Which field people know it by. */
  name: string;
  /** Lists lie within another kind, one for each of these. */
  within?: string;
}

const KINDS: Readonly<Record<string, Kind>> = {
  server: { list: 'servers.list', get: 'servers.get', name: 'name' },
  cloud: { list: 'clouds.list', get: 'clouds.get', name: 'name' },
  zone: { list: 'dns.listZones', get: 'dns.getZone', name: 'name' },
  record: { list: 'dns.listRecords', get: 'dns.getZone', name: 'name', within: 'zone' },
  change: { list: 'changes.list', get: 'changes.get', name: 'number' },
  approval: { list: 'approvals.list', get: 'approvals.get', name: 'id' },
  member: { list: 'members.list', get: 'members.get', name: 'name' },
  secret: { list: 'secrets.list', get: 'secrets.get', name: 'name' },
  webhook: { list: 'webhooks.list', get: 'webhooks.get', name: 'name' },
  policy: { list: 'policies.list', get: 'policies.get', name: 'name' },
  role: { list: 'roles.list', get: 'roles.get', name: 'name' },
  serviceAccount: { list: 'serviceAccounts.list', get: 'serviceAccounts.get', name: 'name' },
  dataTable: { list: 'dataTables.list', get: 'dataTables.get', name: 'name' },
  memory: { list: 'memories.list', get: 'memories.get', name: 'key' },
  document: { list: 'documents.list', get: 'documents.get', name: 'title' },
  fabric: { list: 'exchange.fabrics.list', get: 'exchange.fabrics.get', name: 'name' },
  participant: { list: 'exchange.participants.list', get: 'exchange.participants.get', name: 'name' },
  connection: { list: 'exchange.connections.list', get: 'exchange.connections.get', name: 'tag' },
  routeServer: { list: 'exchange.routeServers.list', get: 'exchange.routeServers.get', name: 'name' },
};

/** The Operations by which kinds are read, for `operations` of node types. A kind that an expression tells may be any of them. */
export function readsOf(name: Json | undefined, ways: readonly ('list' | 'get')[]): string[] {
  const named = typeof name === 'string' ? find(name) : undefined;
  const kinds = isOpen(name) ? Object.values(KINDS) : named ? [named, ...(named.within === undefined ? [] : [KINDS[named.within]!])] : [];
  return [...new Set(kinds.flatMap((kind) => ways.map((way) => kind[way])))];
}

export const KIND_NAMES = Object.keys(KINDS) as [string, ...string[]];

const own = (name: string): Kind | undefined => (Object.hasOwn(KINDS, name) ? KINDS[name] : undefined);
/** `servers` is as good as `server`. */
const find = (name: string): Kind | undefined => own(name) ?? (name.endsWith('s') ? own(name.slice(0, -1)) : undefined);

/** Throws where there is no such kind. */
export function kindOf(name: string): Kind {
  const kind = find(name);
  if (!kind) throw new NodeError('node-config-invalid', 'config', `There is no kind "${name.slice(0, 60)}". There are ${KIND_NAMES.join(', ')}.`);
  return kind;
}
