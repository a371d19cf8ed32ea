import type { Json } from '../../graph.ts';
import { NodeError } from '../declare.ts';

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
};

export const KIND_NAMES = Object.keys(KINDS) as [string, ...string[]];

/** Throws where there is no such kind; `servers` is as good as `server`. */
export function kindOf(name: string): Kind {
  const kind = KINDS[name] ?? (name.endsWith('s') ? KINDS[name.slice(0, -1)] : undefined);
  if (!kind) throw new NodeError('node-config-invalid', 'config', `There is no kind "${name.slice(0, 60)}". There are ${KIND_NAMES.join(', ')}.`);
  return kind;
}
