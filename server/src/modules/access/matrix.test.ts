import { beforeAll, describe, expect, test } from 'vitest';
import '#kernel/problems.ts';
import type { AnyOperation, Risk } from '#kernel/operation.ts';
import { createRegistry, type Registry } from '#kernel/registry.ts';
import { readModules } from '#test/modules.ts';
import { permissionCatalogue } from './catalogue.ts';
import { CONTRACT_KEYS } from './contract-keys.ts';
import { matchesAny } from './patterns.ts';
import { permissionsOf } from './roles.ts';
import { decide } from './rules.ts';
import { patternsOf, SYSTEM_ROLES } from './system-roles.ts';

const ROLES = ['owner', 'admin', 'developer', 'ops_rw', 'support', 'auditor', 'billing_admin', 'member', 'viewer', 'read_only'] as const;

/**
 * The table of platform.md 6.5. `r` opens what ends in `:read`, `w` everything else up to risk write, `h` up to high; `-` nothing.
 * A resource is in exactly one row, so that an operation of a new one makes this test fail until somebody has thought about it.
 */
const MATRIX: readonly { resources: string; cells: string; but?: string }[] = [
  { resources: 'tenants branding domains identityProviders', cells: 'rwh rwh r r r r r - - r', but: 'tenants:delete' },
  { resources: 'users serviceAccounts sessions', cells: 'rwh rwh r r r r r - - r' },
  { resources: 'roles grants groups teams', cells: 'rwh rwh r r r r r - - r' },
  { resources: 'accessRequests', cells: 'rwh rwh - - - - - - - -' },
  { resources: 'accessReviews', cells: 'rwh rwh - - - r - - - -' },
  { resources: 'limits', cells: 'rwh rwh - - - r - - - -' },
  { resources: 'notifications', cells: 'rwh rwh - - - r - - - r' },
  { resources: 'agentClients', cells: 'rwh rwh - - - - - - - r' },
  { resources: 'apiKeys', cells: 'rwh rwh w w w r w w - -' },
  { resources: 'subscriptions paymentMethods billing invoices licences', cells: 'rwh rwh - - - - rwh - - -', but: 'subscriptions:cancel' },
  // The table gives developers “rw rotate” and 6.2 everything of secrets but export; what they delete can be brought back for 30 days.
  { resources: 'secrets secretTemplates', cells: 'rwh rwh rwh r - - - - - -', but: 'secrets:export' },
  { resources: 'usage features', cells: 'r r r r r r r r r r' },
  { resources: 'webhooks webhookDeliveries', cells: 'rwh rwh rwh r r r - r r r' },
  { resources: 'clouds simulator', cells: 'rwh rwh r r r - - r r r' },
  {
    resources: 'servers drift dns exchange exchangeRequests volumes networks firewalls loadBalancers floatingIps snapshots sshKeys',
    cells: 'rwh rwh rwh rw r r - r r r',
  },
  { resources: 'approvals', cells: 'rwh rwh r r r r - r - r' },
  { resources: 'changeTemplates', cells: 'rwh rwh r r r r - r - r' },
  { resources: 'policies calendars', cells: 'rwh rwh r r r rw - r - r' },
  { resources: 'audit securityEvents reports', cells: 'rwh rwh - - r rw - - - -' },
  // Who works here runs workflows and draws none (workflows.md 3, which is closer than “writes own workflows” of 6.2).
  { resources: 'workflows executions workflowTemplates nodeTypes dataTables workflowMetrics', cells: 'rwh rwh rwh rw r r - r r r' },
  // Models cost money: whoever answers for the tenant says which, and how much.
  { resources: 'ai', cells: 'rwh rwh rwh rw r r - r r r' },
  { resources: 'memory knowledge', cells: 'rwh rwh rwh rw - - - r - r' },
  { resources: 'workflowEngine', cells: 'rwh rwh - - - - - - - r' },
  { resources: 'egress', cells: 'rwh rwh - - - - - - - r' },
];
/** Of people, a member sees who they are; operations hand secrets to what they operate without being shown them, and try receivers out. */
const MORE: Readonly<Record<string, readonly string[]>> = {
  member: ['users:read', 'workflows:execute', 'ai:use'],
  ops_rw: ['secrets:use', 'webhooks:test'],
};
/** Taken out of what the table gives: developers publish workflows and delete none. */
const LESS: Readonly<Record<string, readonly string[]>> = { developer: ['workflows:delete', 'ai:manage'], ops_rw: ['ai:manage'] };
/** Not in the table: a Change is followed by everybody who works with what it changes, and applied by those whose it can be. */
const CHANGES = { 'changes:read': ROLES.filter((role) => role !== 'billing_admin'), 'changes:apply': ['owner', 'admin', 'developer', 'ops_rw'], 'changes:rollback': ['owner', 'admin', 'developer', 'ops_rw'], 'changes:emergency': ['owner', 'admin'] } as Readonly<Record<string, readonly string[]>>; // prettier-ignore

let registry: Registry;
let permissions: string[];
beforeAll(async () => {
  registry = createRegistry(await readModules());
  permissions = permissionsOf(registry);
});

const guarded = (): AnyOperation[] => [...registry.operations.values()].filter(({ access }) => access === undefined);
const rowOf = (permission: string) => MATRIX.filter(({ resources }) => resources.split(' ').includes(permission.split(':')[0]!));
const RANK: Record<Risk, number> = { read: 0, write: 1, high: 2 };

/** What the table says about a role and an operation. */
function expected(role: (typeof ROLES)[number], { permission, risk }: AnyOperation): boolean {
  const ceiling = SYSTEM_ROLES.find(({ key }) => key === role)!.maxRisk;
  if (RANK[risk] > RANK[ceiling]) return false;
  if (permission in CHANGES) return CHANGES[permission]!.includes(role);
  if (MORE[role]?.includes(permission)) return true;
  if (LESS[role]?.includes(permission)) return false;
  const [row] = rowOf(permission);
  const cell = row!.cells.split(' ')[ROLES.indexOf(role)]!;
  if (row!.but === permission) return role === 'owner';
  if (permission.endsWith(':read')) return cell.includes('r');
  return cell.includes(risk === 'high' ? 'h' : 'w');
}

/** The grant of a role over everything. */
function rightOf(key: string) {
  const role = SYSTEM_ROLES.find((one) => one.key === key)!;
  return {
    grantId: 'g', role: key, level: role.level, maxRisk: role.maxRisk, patterns: patternsOf(role, permissions), scope: { all: true as const }, validFrom: new Date(0), validUntil: null,
  }; // prettier-ignore
}
const rights = new Map<string, ReturnType<typeof rightOf>>();

/** What the role opens by itself, as the Gate decides it. */
function opens(key: string, operation: AnyOperation): boolean {
  const right = rights.get(key) ?? rightOf(key);
  rights.set(key, right);
  return decide([right], null, operation, new Date(1)).allowed;
}

describe('system roles', () => {
  test('every resource of the registry is in exactly one row of the table', () => {
    const resources = [...new Set(guarded().map(({ permission }) => permission))].filter((permission) => !(permission in CHANGES));
    expect(resources.filter((permission) => rowOf(permission).length !== 1)).toEqual([]);
  });

  test('platform 73: Given every system role and every Operation, when the matrix test runs, then the result equals the table of §6.5', () => {
    const different = ROLES.flatMap((role) =>
      guarded()
        .filter((operation) => opens(role, operation) !== expected(role, operation))
        .map((operation) => `${role} ${operation.name} (${operation.permission}, ${operation.risk}): ${expected(role, operation)} by the table`),
    );
    expect(different).toEqual([]);
    expect(guarded().length).toBeGreaterThan(80);
  });

  test('the approver decides, and changes nothing else', () => {
    const opened = guarded().filter((operation) => opens('approver', operation));
    const acts = opened.filter(({ permission }) => !permission.endsWith(':read')).map(({ name }) => name);
    expect(acts.filter((name) => !name.startsWith('approvals.')).toSorted()).toEqual([
      'agentRequests.decide',
      'approvalForms.decide',
      'changes.approve',
      'changes.reject',
      'changes.review',
    ]);
    expect(acts.filter((name) => name.startsWith('approvals.')).toSorted()).toEqual([
      'approvals.approve',
      'approvals.delegate',
      'approvals.delegations.create',
      'approvals.delegations.list',
      'approvals.delegations.revoke',
      'approvals.reject',
      'approvals.revoke',
    ]);
  });

  test('only the owner does what the three acts of an owner are', () => {
    for (const permission of ['subscriptions:cancel', 'tenants:delete', 'secrets:export']) {
      const holding = SYSTEM_ROLES.filter((role) => matchesAny(patternsOf(role, [...permissions, permission]), permission)).map(({ key }) => key);
      expect([permission, holding]).toEqual([permission, ['owner']]);
    }
  });
});

describe('the catalogue', () => {
  test('platform 67: Given each of the 110 contract keys, when looked up, then a permission of the catalogue exists and at least one Operation uses it or the row is marked module pending', () => {
    const catalogue = permissionCatalogue(registry);
    expect(CONTRACT_KEYS).toHaveLength(110);
    expect(new Set(CONTRACT_KEYS.map(({ key }) => key)).size).toBe(110);
    const used = new Map(catalogue.map((entry) => [entry.key, entry.operations.length]));
    const wrong = CONTRACT_KEYS.filter(({ permission, pending }) => pending === (used.get(permission) ?? 0) > 0);
    expect(
      wrong.map(
        ({ key, permission, pending }) => `${key} → ${permission}: ${pending ? 'exists by now, so it is not pending' : 'no operation uses it'}`,
      ),
    ).toEqual([]);
    for (const { key, permission, pending } of CONTRACT_KEYS)
      if (!pending) expect(catalogue.find((entry) => entry.key === permission)!.contractKeys).toContain(key);
  });

  test('a title says what the permission lets one do, and each has a category of its own', () => {
    const catalogue = permissionCatalogue(registry);
    const titles = new Map(catalogue.map(({ key, title }) => [key, title]));
    expect([titles.get('dns:import'), titles.get('roles:write'), titles.get('apiKeys:read')]).toEqual([
      'Import DNS',
      'Manage roles',
      'View API keys',
    ]);
    expect(new Set(titles.values()).size).toBe(titles.size);
    expect(catalogue.filter(({ category }) => category === 'Other').map(({ key }) => key)).toEqual([]);
  });

  test('what is critical by the contract is so here, and so is what asks for a proof of the last five minutes', () => {
    const critical = permissionCatalogue(registry).filter((entry) => entry.critical);
    expect(critical.map(({ key }) => key)).toEqual(expect.arrayContaining(['servers:delete', 'dns:delete', 'users:remove', 'tenants:delete']));
    for (const { key, stepUp, contractKeys } of critical) expect([key, contractKeys.length > 0 || (stepUp ?? 301) <= 300]).toEqual([key, true]);
  });
});
