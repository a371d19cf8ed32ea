import { CONTRACT_KEYS } from './contract-keys.ts';
import type { Catalogue } from './providers/port.ts';
import { riskWithin } from './rules.ts';
import type { Risk } from '#kernel/operation.ts';

/** A permission of the registry, as editors of roles see it. */
export interface Permission {
  key: string;
  title: string;
  category: string;
  /** The highest of its operations. */
  risk: Risk;
  /** Asks for the name to be typed, and for a fresh proof. */
  critical: boolean;
  /** Seconds within which a session must have been proven for the strictest of its operations; null when none asks. */
  stepUp: number | null;
  operations: string[];
  contractKeys: string[];
}

/** What the contract does not group: resources of ours, by the same categories where one fits. */
const CATEGORIES: Readonly<Record<string, readonly string[]>> = {
  People: ['sessions', 'invitations', 'teams', 'auth', 'mfa', 'passkeys', 'identityProviders', 'profile'],
  Roles: ['grants', 'groups', 'accessRequests', 'accessReviews'],
  Organisation: ['branding', 'domains', 'features', 'members', 'notifications', 'notificationPreferences'],
  'API keys': ['apiKeys', 'serviceAccounts', 'agents', 'agentClients', 'operations', 'oauth'],
  Changes: ['changes', 'approvals', 'policies', 'decisions', 'calendars', 'limits', 'changeTemplates', 'emergencies'],
  Monitoring: ['audit', 'securityEvents', 'health', 'reports'],
  'Cloud accounts': ['clouds', 'drift', 'simulator'],
  Workflows: ['workflows', 'executions', 'egress', 'dataTables', 'workflowMetrics', 'workflowEngine'],
  AI: ['ai', 'memory', 'knowledge'],
  'Internet exchange': ['exchange', 'exchangeRequests'],
};
const OTHER = 'Other';

const categoryByResource: ReadonlyMap<string, string> = new Map([
  ...CONTRACT_KEYS.map(({ permission, category }) => [permission.split(':')[0]!, category] as const),
  ...Object.entries(CATEGORIES).flatMap(([category, resources]) => resources.map((resource) => [resource, category] as const)),
]);

const VERBS: Readonly<Record<string, string>> = { read: 'View', write: 'Manage', revoke: 'End', decide: 'Decide on', manage: 'Set up' };
/** Words that people write in capitals. */
const CAPITALS: Readonly<Record<string, string>> = { dns: 'DNS', ssh: 'SSH', ip: 'IP', ips: 'IPs', api: 'API', vpns: 'VPNs', ai: 'AI', mfa: 'MFA' };

const words = (camel: string): string =>
  camel
    .replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .split(' ')
    .map((word) => CAPITALS[word] ?? word)
    .join(' ');

/** `servers:read` is “View servers”. */
export function titleOf(permission: string): string {
  const [resource = '', action = ''] = permission.split(':');
  const verb = VERBS[action] ?? words(action).replace(/^./, (letter) => letter.toUpperCase());
  return `${verb} ${words(resource)}`;
}

const CRITICAL_SECONDS = 300;

/** Every permission that a role can hold, by key: made from what the operations declare, so none exists that nothing checks. */
export function permissionCatalogue({ operations }: Catalogue): Permission[] {
  const grouped = Map.groupBy(
    [...operations.values()].filter((operation) => operation.access !== 'public'),
    (operation) => operation.permission,
  );
  const found = [...grouped].map(([key, needing]) => {
    const old = CONTRACT_KEYS.filter(({ permission }) => permission === key);
    const fresh = needing.flatMap(({ stepUp }) => (stepUp === undefined ? [] : [stepUp]));
    const stepUp = fresh.length > 0 ? Math.min(...fresh) : null;
    return {
      key,
      title: titleOf(key),
      category: old[0]?.category ?? categoryByResource.get(key.split(':')[0]!) ?? OTHER,
      risk: needing.map(({ risk }) => risk).reduce((highest, one) => (riskWithin(one, highest) ? highest : one)),
      critical: old.some(({ critical }) => critical) || (stepUp !== null && stepUp <= CRITICAL_SECONDS),
      stepUp,
      operations: needing.map(({ name }) => name).sort(),
      contractKeys: old.map((entry) => entry.key),
    };
  });
  return found.sort((a, b) => (a.key < b.key ? -1 : 1));
}
