import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Risk } from '#kernel/operation.ts';
import { escalation, lowestLevel, type Giver, type Offer } from './grantable.ts';
import { matchesAny } from './patterns.ts';
import { riskWithin, type Right } from './rules.ts';
import { patternsOf, SYSTEM_ROLES } from './system-roles.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const SOON = new Date('2026-03-02T12:00:00Z');
const LATER = new Date('2026-04-01T12:00:00Z');
const catalogue = [
  { name: 'servers.list', permission: 'servers:read', risk: 'read' as Risk },
  { name: 'servers.create', permission: 'servers:create', risk: 'high' as Risk },
  { name: 'servers.update', permission: 'servers:update', risk: 'write' as Risk },
  { name: 'dns.list', permission: 'dns:read', risk: 'read' as Risk },
  { name: 'tenants.delete', permission: 'tenants:delete', risk: 'high' as Risk },
  { name: 'changes.approve', permission: 'approvals:decide', risk: 'high' as Risk },
  { name: 'audit.list', permission: 'audit:read', risk: 'read' as Risk },
];
const permissions = catalogue.map((entry) => entry.permission);
const roleOf = (key: string): Offer['role'] => {
  const role = SYSTEM_ROLES.find((one) => one.key === key)!;
  return { key, level: role.level, maxRisk: role.maxRisk, patterns: patternsOf(role, permissions), assignable: key !== 'owner' };
};
const right = (key: string, given: Partial<Right> = {}): Right => ({
  grantId: key,
  role: key,
  ...roleOf(key),
  scope: { all: true },
  validFrom: new Date(0),
  validUntil: null,
  ...given,
});
const giver = (...rights: Right[]): Giver => ({ rights, cap: null });
const offer = (key: string, given: Partial<Offer> = {}): Offer => ({ role: roleOf(key), scope: { all: true }, validUntil: null, ...given });

describe('what one may give', () => {
  test('an administrator gives every assignable role', () => {
    for (const { key } of SYSTEM_ROLES.filter((role) => role.key !== 'owner'))
      expect(escalation(giver(right('admin')), offer(key), catalogue, NOW)).toBeUndefined();
  });
  test('ownership is never given by a grant, not even by an owner', () => {
    expect(escalation(giver(right('owner')), offer('owner'), catalogue, NOW)).toMatch(/by transfer only/);
  });
  test('a role above every own role is refused by its level', () => {
    expect(escalation(giver(right('developer')), offer('admin'), catalogue, NOW)).toMatch(/stands above/);
  });
  test('governance 23: Given an admin without a permission, when giving a role with it, then 403 grant-escalation', () => {
    expect(escalation(giver(right('developer')), offer('auditor'), catalogue, NOW)).toMatch(/audit:read/);
    expect(escalation(giver(right('developer')), offer('approver'), catalogue, NOW)).toMatch(/approvals:decide/);
  });
  test('a narrower Scope gives no wider one', () => {
    const lab = giver(right('developer', { scope: { any: [{ environments: ['lab'] }] } }));
    expect(escalation(lab, offer('viewer'), catalogue, NOW)).toMatch(/servers:read/);
    expect(escalation(lab, offer('viewer', { scope: { any: [{ environments: ['lab'], type: 'server' }] } }), catalogue, NOW)).toBeUndefined();
  });
  test('a right that ends gives none that outlives it', () => {
    const brief = giver(right('admin', { validUntil: SOON }));
    expect(escalation(brief, offer('viewer'), catalogue, NOW)).toMatch(/for this long/);
    expect(escalation(brief, offer('viewer', { validUntil: LATER }), catalogue, NOW)).toMatch(/for this long/);
    expect(escalation(brief, offer('viewer', { validUntil: SOON }), catalogue, NOW)).toBeUndefined();
  });
  test('a right that has ended gives nothing', () => {
    expect(escalation(giver(right('admin', { validUntil: NOW })), offer('viewer'), catalogue, NOW)).toBeDefined();
  });
  test('a capped key gives no more than the cap', () => {
    expect(escalation({ rights: [right('admin')], cap: ['grants:*', 'servers:read'] }, offer('viewer'), catalogue, NOW)).toMatch(/dns:read/);
  });
  test('a risk ceiling is not lifted by giving', () => {
    const low: Giver = giver(right('admin', { maxRisk: 'write' }));
    expect(escalation(low, offer('developer'), catalogue, NOW)).toMatch(/servers:create/);
  });
  test('without any valid right the lowest level is above all', () => {
    expect(lowestLevel([], NOW)).toBe(Number.POSITIVE_INFINITY);
    expect(lowestLevel([right('viewer'), right('admin', { validUntil: NOW })], NOW)).toBe(90);
  });
  test('whatever is given, the giver could do it too', () => {
    const key = fc.constantFrom(...SYSTEM_ROLES.map((role) => role.key));
    fc.assert(
      fc.property(fc.array(key, { maxLength: 3 }), key, (held, given) => {
        const from = giver(...held.map((one) => right(one)));
        if (escalation(from, offer(given), catalogue, NOW) !== undefined) return;
        const role = roleOf(given);
        for (const entry of catalogue) {
          const opened = matchesAny(role.patterns, entry.permission) && riskWithin(entry.risk, role.maxRisk);
          if (opened) expect(from.rights.some((one) => matchesAny(one.patterns, entry.permission) && riskWithin(entry.risk, one.maxRisk))).toBe(true);
        }
      }),
    );
  });
});

describe('system roles', () => {
  test('patterns that match no permission are left out', () => {
    expect(roleOf('developer').patterns).toEqual(['dns:*', 'servers:*']);
    expect(roleOf('billing_admin').patterns).toEqual([]);
  });
  test('an administrator holds everything but what is the owner’s', () => {
    const held = permissions.filter((permission) => matchesAny(roleOf('admin').patterns, permission));
    expect(held).toEqual(permissions.filter((permission) => permission !== 'tenants:delete'));
    expect(matchesAny(roleOf('admin').patterns, 'secrets:export')).toBe(false);
    expect(matchesAny(roleOf('admin').patterns, 'servers:onlyLookedAtByAHandler')).toBe(true);
  });
  test('only owner and admin open what the others are not given', () => {
    const may = (permission: string, risk: Risk) =>
      SYSTEM_ROLES.filter(({ key }) => matchesAny(roleOf(key).patterns, permission) && riskWithin(risk, roleOf(key).maxRisk)).map(({ key }) => key);
    expect(may('tenants:delete', 'high')).toEqual(['owner']);
    expect(may('servers:create', 'high')).toEqual(['owner', 'admin', 'developer']);
    expect(may('servers:update', 'write')).toEqual(['owner', 'admin', 'developer', 'ops_rw']);
    expect(may('approvals:decide', 'high')).toEqual(['owner', 'admin', 'approver']);
    expect(may('audit:read', 'read')).toEqual(['owner', 'admin', 'support', 'auditor']);
    expect(may('servers:read', 'read')).toEqual([
      'owner',
      'admin',
      'developer',
      'ops_rw',
      'approver',
      'support',
      'auditor',
      'member',
      'viewer',
      'read_only',
    ]);
  });
  test('read-only holds no sensitive reading, now or when it comes to exist', () => {
    const later = patternsOf(
      SYSTEM_ROLES.find((role) => role.key === 'read_only')!,
      ['servers:read', 'audit:read', 'secrets:read'],
    );
    expect(later).toEqual(['servers:read']);
  });
});
