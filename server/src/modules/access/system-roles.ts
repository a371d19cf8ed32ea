import type { Risk } from '#kernel/operation.ts';
import { matches, matchesAny } from './patterns.ts';

/** A role that every tenant has (platform.md 6.2 and 6.5). Immutable; follows the catalogue of permissions. */
export interface SystemRole {
  key: string;
  name: string;
  description: string;
  /** 1 has the most power. For sorting and for the assignment rule, never for inheritance. */
  level: number;
  maxRisk: Risk;
  allow: readonly string[];
  /** Taken out again, by permission or pattern. */
  except?: readonly string[];
}

const all = (...resources: string[]): string[] => resources.map((resource) => `${resource}:*`);
const read = (...resources: string[]): string[] => resources.map((resource) => `${resource}:read`);

const TENANT = ['tenants', 'branding', 'domains', 'identityProviders'];
const PEOPLE = ['users', 'serviceAccounts', 'roles', 'grants', 'groups', 'teams'];
const WEBHOOKS = ['webhooks', 'webhookDeliveries'];
const BILLING = ['subscriptions', 'licences', 'paymentMethods', 'invoices', 'billing', 'billingRecords'];
const USAGE = ['usage', 'features'];
const SECRETS = ['secrets', 'secretTemplates'];
const CLOUD = [
  'servers',
  'drift',
  'sshKeys',
  'volumes',
  'networks',
  'vpns',
  'firewalls',
  'loadBalancers',
  'certificates',
  'snapshots',
  'backups',
  'floatingIps',
];
const INFRASTRUCTURE = [...CLOUD, 'dns', 'dnsRecords', 'devices', 'exchange', 'exchangeRequests', 'vms', 'templates'];
const WORKFLOWS = [
  'workflows',
  'executions',
  'workflowTemplates',
  'nodeTypes',
  'dataTables',
  'workflowMetrics',
  'aiComponents',
  'aiAgents',
  'models',
  'ai',
];
/** What is kept and known: read by who works here, and by nobody who merely looks (workflows.md 3). */
const KNOWLEDGE = ['memory', 'knowledge'];
/** Drawn by others: who merely works here runs them. */
const WORKFLOW_RUNS = [...read(...WORKFLOWS), 'workflows:execute', 'ai:use'];
const MONITORING = ['dashboards', 'alerts', 'logs', 'health'];
const AUDIT = ['audit', 'securityEvents', 'reports', 'decisions'];
/** What everyone who works here must see to follow a Change, their own included. */
const CHANGES_READ = read('changes', 'changeTemplates', 'approvals', 'policies', 'calendars');
/** Submitting and cancelling one's own needs no more than reading; the Change's own operation is checked again at each of them. */
const CHANGES_OWN = ['changes:apply', 'changes:rollback'];
const SIGHT = read(...INFRASTRUCTURE, ...WORKFLOWS, ...MONITORING, ...USAGE, 'docs');
const EVERYDAY_READ = [...SIGHT, ...read('clouds')];
const OWNERS_ONLY = ['subscriptions:cancel', 'tenants:delete', 'secrets:export'];

export const OWNER = 'owner';

export const SYSTEM_ROLES: readonly SystemRole[] = [
  {
    key: OWNER,
    name: 'Owner',
    level: 1,
    maxRisk: 'high',
    allow: ['*'],
    description: 'Everything, including ending the subscription, deleting the tenant and exporting secrets.',
  },
  {
    key: 'admin',
    name: 'Administrator',
    level: 10,
    maxRisk: 'high',
    allow: ['*'],
    except: OWNERS_ONLY,
    description: 'Everything but the three acts that only an owner does.',
  },
  {
    key: 'developer',
    name: 'Developer',
    level: 20,
    maxRisk: 'high',
    description: 'All infrastructure, DNS, secrets without export, webhooks, workflows and monitoring.',
    allow: [
      ...all(...INFRASTRUCTURE, ...WORKFLOWS, ...KNOWLEDGE, ...WEBHOOKS, ...MONITORING, ...SECRETS, 'docs'),
      'apiKeys:write',
      ...read(...TENANT, ...PEOPLE, ...USAGE, 'clouds'),
      ...CHANGES_READ,
      ...CHANGES_OWN,
    ],
    // What others rely on goes by the hand of who answers for the tenant (workflows.md 3).
    except: ['secrets:export', 'workflows:delete', 'ai:manage'],
  },
  {
    key: 'ops_rw',
    name: 'Operations',
    level: 25,
    maxRisk: 'write',
    description: 'Reads and carries out changes up to risk “write”; applies own approved Changes.',
    allow: [
      ...all(...INFRASTRUCTURE, ...WORKFLOWS, ...KNOWLEDGE, ...MONITORING),
      'apiKeys:write',
      'webhooks:test',
      'secrets:use',
      ...read(...TENANT, ...PEOPLE, ...USAGE, ...WEBHOOKS, ...SECRETS, 'clouds', 'docs'),
      ...CHANGES_READ,
      ...CHANGES_OWN,
    ],
    except: ['ai:manage'],
  },
  {
    key: 'approver',
    name: 'Approver',
    level: 28,
    maxRisk: 'high',
    description: 'Decides on Changes of others and reads what they concern; changes nothing otherwise.',
    allow: ['approvals:decide', 'approvals:delegate', ...CHANGES_READ, ...EVERYDAY_READ, ...read('users', 'roles', 'grants', 'groups', 'teams')],
  },
  {
    key: 'support',
    name: 'Support',
    level: 30,
    maxRisk: 'read',
    description: 'Reads infrastructure, people, logs and executions; no secrets, no billing.',
    allow: [
      ...EVERYDAY_READ,
      ...read(...TENANT, ...PEOPLE, ...WEBHOOKS),
      'apiKeys:write',
      ...CHANGES_READ,
      ...read('audit', 'securityEvents', 'reports'),
      'servers:metrics',
      'devices:diagnose',
    ],
  },
  {
    key: 'auditor',
    name: 'Auditor',
    level: 35,
    maxRisk: 'read',
    description: 'Reads and exports the audit trail, reports and policies, and reads all they refer to.',
    allow: [
      ...all(...AUDIT),
      ...SIGHT,
      ...read(...TENANT, ...PEOPLE, ...WEBHOOKS, 'apiKeys', 'compliance', 'limits', 'notifications', 'accessReviews'),
      ...CHANGES_READ,
      'policies:test',
    ],
  },
  {
    key: 'billing_admin',
    name: 'Billing administrator',
    level: 50,
    maxRisk: 'high',
    description: 'Billing, invoices, licences and usage; reads people and settings.',
    allow: [...all(...BILLING), ...read(...USAGE, ...TENANT, ...PEOPLE, ...MONITORING, 'docs'), 'apiKeys:write'],
    except: ['subscriptions:cancel'],
  },
  {
    key: 'member',
    name: 'Member',
    level: 60,
    maxRisk: 'write',
    description: 'Reads infrastructure and workflows, and runs them.',
    allow: [...EVERYDAY_READ, ...WORKFLOW_RUNS, ...read('users', ...KNOWLEDGE, ...WEBHOOKS), ...CHANGES_READ, 'apiKeys:write'],
  },
  {
    key: 'viewer',
    name: 'Viewer',
    level: 90,
    maxRisk: 'read',
    // Changes, but neither the rules nor who waits for whom.
    allow: [...EVERYDAY_READ, ...read(...WEBHOOKS, 'changes')],
    description: 'Reads infrastructure, monitoring and documentation.',
  },
  {
    key: 'read_only',
    name: 'Read only',
    level: 95,
    maxRisk: 'read',
    description: 'Reads everything that is not sensitive, and may diagnose devices.',
    allow: ['*:read', 'devices:diagnose'],
    except: read(...SECRETS, ...AUDIT, ...BILLING, 'apiKeys', 'compliance', 'limits', 'accessReviews'),
  },
];

const partsOf = (pattern: string): [string, string] => {
  const [resource = '', action = '*'] = pattern.split(':', 2);
  return [resource, action];
};
const meet = (a: string, b: string): boolean => a === '*' || b === '*' || a === b;
const overlap = (a: string, b: string): boolean => meet(partsOf(a)[0], partsOf(b)[0]) && meet(partsOf(a)[1], partsOf(b)[1]);

/**
 * The patterns of a role under this catalogue: only what matches a permission that exists. Patterns can only add, so where something
 * is excepted a star becomes the resources one by one, and a resource with an exception its permissions one by one.
 */
export function patternsOf({ allow, except = [] }: Pick<SystemRole, 'allow' | 'except'>, permissions: readonly string[]): string[] {
  const resources = [...new Set(permissions.map((permission) => partsOf(permission)[0]))];
  const open = (pattern: string): boolean => !except.some((excluded) => overlap(excluded, pattern));
  const spread = (pattern: string): string[] =>
    partsOf(pattern)[0] === '*' ? resources.map((resource) => `${resource}:${partsOf(pattern)[1]}`) : [pattern];
  const resolved = allow
    .filter((pattern) => permissions.some((permission) => matches(pattern, permission)))
    .flatMap((pattern) => (open(pattern) ? [pattern] : spread(pattern)))
    .flatMap((pattern) =>
      open(pattern) ? [pattern] : permissions.filter((permission) => matches(pattern, permission) && !matchesAny(except, permission)),
    )
    .filter((pattern) => permissions.some((permission) => matches(pattern, permission)));
  return [...new Set(resolved)].sort();
}
