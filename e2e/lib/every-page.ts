import assert from 'node:assert/strict';
import { api, governed } from './api.ts';
import type { Login, Product } from './product.ts';

/** Pages for people who are not signed in; the token of a link may be any to see its page. */
const TOKEN = `#token=${'t'.repeat(43)}`;
export const outside: Record<string, string> = {
  login: '/login',
  signup: '/signup',
  'verify-email': '/verify-email',
  'forgot-password': '/forgot-password',
  'reset-password': `/reset-password${TOKEN}`,
  'mfa-challenge-over': '/auth/mfa-challenge',
  'oauth-refused': '/auth/oauth/callback?problem=account-exists&request=request-1',
  'invitation-paste': '/invitations/accept',
  'not-me': `/not-me${TOKEN}`,
};

/** A machine with a role, somebody who answers for it, and another with neither yet. */
async function withMachine(product: Product, owner: Login): Promise<{ id: string }> {
  const [{ body: me }, approver] = [await api(product, owner, 'GET', '/me'), product.as('approver')];
  const roles = (await api(product, owner, 'GET', '/roles?limit=200')).body.items as { id: string; key: string }[];
  const add = (body: object): Promise<{ id: string }> => governed(product, owner, approver, 'POST', '/service-accounts', body);
  await add({ name: 'Nightly backup', ownerId: me.actor.id });
  const machine = await add({ name: 'CI deployment', description: 'Rolls the web tier out from the pipeline', ownerId: me.actor.id });
  await governed(product, owner, approver, 'POST', '/grants', {
    subjectId: machine.id,
    roleId: roles.find(({ key }) => key === 'developer')!.id,
    scope: { any: [{ environments: ['lab'] }] },
    reason: 'Deploys to the lab',
  });
  return machine;
}

/** A network on the peering LAN that the controller's seed made, and a route server. */
async function withExchange(product: Product, owner: Login): Promise<void> {
  const add = async (path: string, body: object): Promise<void> => {
    const { status } = await api(product, owner, 'POST', `/exchange/${path}`, body);
    assert.equal(status, 201, path);
  };
  await add('participants', { asn: 20_001, name: 'Example Networks', asSet: 'AS-EXAMPLE', maxPrefixesV6: 100 });
  await add('connections', { fabricId: 'fra', participantId: 'AS20001', addressV6: '2001:db8:100::10' });
  const rtrServers = [{ host: '2001:db8:100::aa', port: 8_282 }];
  await add('route-servers', {
    fabricId: 'fra',
    handle: 'rs1-fra',
    name: 'Route server 1',
    addressV6: '2001:db8:100::1',
    routerId: '192.0.2.1',
    rtrServers,
  });
}

/** Where each page of somebody who is signed in is, by the name of its picture; with something on it, where that is not another journey's. */
export async function pagesOf(product: Product, owner: Login): Promise<Record<string, string>> {
  const first = async (path: string, name: string): Promise<string> =>
    ((await api(product, owner, 'GET', path)).body.items as { id: string; name: string }[]).find((one) => one.name === name)!.id;
  const machine = await withMachine(product, owner);
  const { body: hook } = await api(product, owner, 'POST', '/webhooks', { name: 'Incident desk', url: 'https://hooks.example.com/switchyard', events: ['server.*', 'change.ended'], environments: ['staging'], redact: ['email'], headers: { 'X-Team': 'core' } }); // prettier-ignore
  const { body: collection } = await api(product, owner, 'POST', '/knowledge-collections', {
    name: 'Runbooks',
    description: 'How things are done at night',
  });
  await withExchange(product, owner);
  const { body: workflow } = await api(product, owner, 'POST', '/workflows', { name: 'Say hello', description: 'Greets whoever runs it' });
  const { body: begun } = await api(product, owner, 'POST', `/workflows/${workflow.id}/execute`, { inputs: { name: 'Ada' }, options: { version: 'draft', async: false } }); // prettier-ignore
  const execution = begun.execution.id as string;
  const waiting = (await api(product, owner, 'GET', '/changes?waitingForMe=true')).body.items as { number: string; operation: string }[];
  return {
    dashboard: '/',
    changes: '/changes',
    change: `/changes/${waiting.find(({ operation }) => operation === 'servers.resize')!.number}`,
    servers: '/infrastructure/servers',
    server: `/infrastructure/servers/${await first('/servers?q=web-1', 'web-1')}`,
    'server-new': '/infrastructure/servers/new',
    'dns-zones': '/infrastructure/dns',
    'dns-zone': `/infrastructure/dns/${await first('/dns/zones', 'acme.test')}`,
    'zerotier-controllers': '/infrastructure/controllers',
    'zerotier-controller-new': '/infrastructure/controllers/main',
    policies: '/policies',
    'policy-new': '/policies/new?from=agents-plan-only',
    policy: `/policies/${await first('/policies', 'shop-guardrails')}`,
    'policy-versions': `/policies/${await first('/policies', 'baseline')}?tab=versions&before=1&after=1`,
    'policy-exemptions': `/policies/${await first('/policies', 'shop-guardrails')}?tab=exemptions`,
    'policy-simulate': '/policies/simulate?operation=servers.delete',
    calendars: '/policies/calendars?month=2026-12',
    limits: '/settings/limits',
    audit: '/audit',
    'audit-streams': '/settings/audit-streams',
    compliance: '/compliance',
    'compliance-timeline': '/compliance?tab=trail',
    'compliance-reports': '/compliance?tab=reports',
    'security-events': '/settings/security-events',
    'security-rules': '/settings/security-events?tab=rules',
    activity: '/settings/activity',
    'cloud-providers': '/settings/cloud-providers',
    roles: '/settings/roles',
    role: `/settings/roles/${await first('/roles?limit=200', 'Developer')}`,
    groups: '/settings/groups',
    teams: '/settings/teams',
    approvals: '/approvals?inbox=all',
    approval: `/approvals/${waiting.find(({ operation }) => operation === 'servers.resize')!.number}`,
    delegations: '/settings/delegations',
    'notifications-empty': '/notifications?unread=true',
    'notification-settings-page': '/settings/notifications',
    'notification-channels-empty': '/settings/organization/notifications',
    emergencies: '/emergencies',
    'change-templates': '/settings/change-templates',
    'access-requests': '/settings/access-requests',
    'access-reviews': '/settings/access-reviews',
    team: '/settings/team',
    'team-member': `/settings/team?member=${await first('/members?search=dana', 'Dana Novak')}`,
    'team-invitations': '/settings/team?tab=invitations',
    organization: '/settings/organization',
    branding: '/settings/organization/branding',
    domain: '/settings/organization/domain',
    'organization-sign-in': '/settings/organization/sign-in',
    'ai-none': '/settings/ai',
    'ai-models-none': '/settings/ai?tab=models',
    'ai-budgets-none': '/settings/ai?tab=budgets',
    'ai-usage-none': '/settings/ai?tab=usage',
    'ai-rules-none': '/settings/ai?tab=rules',
    'memory-empty': '/memory',
    knowledge: '/knowledge',
    'knowledge-empty': `/knowledge/${collection.id}`,
    'knowledge-try-empty': `/knowledge/${collection.id}?tab=try`,
    'knowledge-settings': `/knowledge/${collection.id}?tab=settings`,
    exchange: '/exchange',
    'exchange-networks': '/exchange?tab=networks',
    'exchange-fabric': '/exchange/fabrics/fra',
    'exchange-fabric-servers': '/exchange/fabrics/fra?tab=servers',
    'exchange-route-server': '/exchange/route-servers/rs1-fra',
    'exchange-drift': '/exchange/admin/drift',
    'exchange-branding-none': '/exchange/admin/branding',
    'exchange-maintenance-none': '/exchange/admin/maintenance',
    'webhooks-one': '/settings/webhooks',
    'webhook-empty': `/settings/webhooks/${hook.id}`,
    'webhook-settings-tab': `/settings/webhooks/${hook.id}?tab=settings`,
    'api-keys': '/settings/api-keys',
    'secrets-empty': '/settings/secrets',
    'environment-empty': '/settings/environment',
    'agents-none': '/settings/agents',
    'agent-programs': '/settings/agents?tab=programs',
    'service-accounts': '/settings/api-keys?tab=accounts',
    'service-account': `/settings/api-keys?tab=accounts&account=${machine.id}`,
    profile: '/settings/profile',
    preferences: '/settings/preferences',
    security: '/settings/security',
    'second-factor': '/settings/security/mfa',
    'connected-accounts': '/settings/security/connected-accounts',
    workflows: '/workflows',
    'workflows-list': '/workflows?look=list',
    'workflow-new-from-file': '/workflows?new=import',
    'workflow-templates': '/workflows/templates',
    'workflow-metrics-empty': '/workflows/metrics',
    workflow: `/workflows/${workflow.id}`,
    'workflow-versions-none': `/workflows/${workflow.id}/versions`,
    'workflow-tests-none': `/workflows/${workflow.id}/tests`,
    'workflow-triggers-none': `/workflows/${workflow.id}/triggers`,
    'workflow-executions': `/workflows/${workflow.id}/executions`,
    executions: '/executions',
    execution: `/executions/${execution}`,
    'execution-log': `/executions/${execution}?tab=logs`,
    'execution-timeline': `/executions/${execution}?tab=timeline`,
    'select-organization': '/select-organization',
    'create-organization': '/onboarding/create-organization',
  };
}
