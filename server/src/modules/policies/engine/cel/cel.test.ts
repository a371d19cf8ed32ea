import { expect, test } from 'vitest';
import type { Catalogue } from '../facts.ts';
import { ask, compiled, documentOf, faultsOf, rules } from '../testing/sets.ts';
import type { Given, Json } from '../types.ts';

/** Whether a rule with this condition denies. */
const holds = (when: string, given: Given = {}): boolean => {
  const { effect, errors } = ask(rules(`{ id: one, type: deny, when: '${when.replaceAll("'", "''")}' }`), given);
  expect(errors).toEqual([]);
  return effect === 'deny';
};
const error = (when: string, given: Given = {}): string | undefined =>
  ask(rules(`{ id: one, type: deny, when: '${when.replaceAll("'", "''")}' }`), given).errors[0]?.message;

const DEVICE: Json = {
  type: 'device',
  id: 'd1',
  name: 'edge-1',
  environment: 'prod',
  labels: { site: 'lon' },
  groups: ['core'],
  lastChangeAt: '2026-01-07T10:00:00Z',
};

test.each([
  'user.id == "user-1" && "ops_rw" in user.roles && user.attributes.grade > 3',
  'actor.kind == "user" && actor.surface == "cli" && size(actor.chain) == 0',
  'tenant.plan == "enterprise" && operation.module == "devices" && operation.risk == "write" && !operation.idempotent',
  'resource.name == "edge-1" && resource.labels.site == "lon" && resource.labels["site"].startsWith("l")',
  'resources.exists(r, r.environment == "prod") && resources.all(r, "core" in r.groups) && environment == "prod"',
  'hasLabel(resource, "site") && !hasLabel(resource, "nope") && glob(resource.name, "edge-*")',
  'time.now - resource.lastChangeAt == duration("2h") && time.weekday == 3 && time.hour == 12 && time.date == "2026-01-07"',
  'time.in("Asia/Tokyo").hour == 21 && time.in("America/New_York").weekday == 3',
  'input.vlan == 12 && input.vlan == 12.0 && input.rate > 1.4 && input.names.map(n, n + "!")[0] == "a!"',
  'has(input.vlan) && !has(input.nothing) && (has(input.nothing) ? input.nothing : 5) == 5',
  'sets.intersects(user.roles, ["ops_rw", "admin"]) && !sets.intersects(user.roles, ["owner"])',
  'cidr("10.0.0.0/8").contains("10.1.2.3") && !cidr("10.0.0.0/8").contains("192.0.2.1") && cidr("2001:db8::/32").contains(ip("2001:db8::1"))',
  'ip("2001:DB8::1") == ip("2001:db8:0::1") && string(ip("10.0.0.1")) == "10.0.0.1" && ip("::ffff:10.0.0.1") == ip("10.0.0.1")',
  'semver("7.16.1") > semver("7.9") && semver("1.0.0-rc.2") < semver("1.0.0") && semver("v1.2.3+x") == semver("1.2.3")',
  'params.most == 3 && change.comment.matches("^[a-z]+$") && !change.emergency && history.failures30d == 0',
  '"time.in(x)" != "in(" && 2 in [1, 2] // time.in("nowhere")',
])('%s', (when) => {
  const given: Given = {
    operation: 'devices.update', surface: 'cli', comment: 'because', resource: DEVICE,
    user: { roles: ['ops_rw'], attributes: { grade: 4 } }, input: { vlan: 12, rate: 1.5, names: ['a'] },
  }; // prettier-ignore
  const set = compiled(documentOf([`{ id: one, type: deny, when: '${when}' }`], '  params: { most: 3 }'));
  expect(ask(set, given)).toMatchObject({ effect: 'deny', errors: [] });
});

test.each([
  ['input.nothing == 1', 'No such key: nothing'],
  ['resource.owner == "x"', 'No such key: owner'],
  ['resources[3].name == "x"', 'index out of bounds'],
  ['inCalendar("freze")', 'there is no calendar "freze"'],
  ['time.in("Mars/Base").hour == 1', 'there is no time zone "Mars/Base"'],
  ['ip(input.text) == ip("10.0.0.1")', 'is not an IP address'],
  ['cidr(input.text).contains("10.0.0.1")', 'is not a network'],
  ['semver(input.text) == semver("1.0.0")', 'is not a version'],
  ['"a".matches(input.text)', 'is not a pattern that RE2 knows'],
  ['input.list.all(x, input.list.all(y, x == y || x != y))', 'more than 10000 rounds'],
  ['input.list.exists(x, input.list.exists(y, x == "z")) || true', 'more than 10000 rounds'],
  ['input.long == "x"', 'Unsupported type: Oversized'],
  ['has(input.long)', 'Unsupported type: Oversized'],
  ['input.half + input.half == ""', 'a text of more than 65536 characters'],
  ['input.list.all(x, x in input.list) && input.list.all(x, x in input.list) || true', 'more than 200000 steps'],
  ['input.many.exists(x, x == 1)', 'more than 10000 rounds'],
  ['input.half.matches("(a{0,30}){0,30}b")', 'more than 200000 steps'],
])('%s is an error: %s', (when, expected) => {
  const list = Array.from({ length: 400 }, (_, at) => `item-${at}`);
  const input = { text: '(', list, long: 'a'.repeat(70_000), half: 'a'.repeat(40_000), many: Array.from({ length: 10_001 }, () => 0) };
  expect(error(when, { input, resource: DEVICE })).toContain(expected);
});

test('a calendar holds from its start until before its end', () => {
  const calendars = { freeze: [{ from: '2026-12-20T00:00:00Z', until: '2027-01-02T00:00:00Z' }] };
  const at = (time: string) => holds('inCalendar("freeze")', { calendars, time });
  expect([at('2026-12-19T23:59:59Z'), at('2026-12-20T00:00:00Z'), at('2027-01-01T23:59:59Z'), at('2027-01-02T00:00:00Z')]).toEqual([
    false,
    true,
    true,
    false,
  ]);
});

test('a call that is about no environment is in none, and several make it mixed', () => {
  expect(holds('environment == ""')).toBe(true);
  expect(holds('environment == "mixed"', { resources: [{ environment: 'prod' }, { environment: 'lab' }] })).toBe(true);
  expect(holds('environment == "lab"', { resources: [{ environment: 'lab' }, { environment: 'lab' }] })).toBe(true);
});

test('keys such as constructor and __proto__ are keys like others', () => {
  expect(holds('has(input.constructor) || has(input.__proto__x) || has(resource.constructor2)', { input: {}, resource: DEVICE }) as unknown).toBe(
    false,
  );
  expect(holds('input.constructor == 1', { input: { constructor: 1 } })).toBe(true);
  expect(holds('"constructor" in input', { input: {} })).toBe(false);
});

const CATALOGUE: Catalogue = [
  {
    name: 'vlans.create',
    input: { type: 'object', properties: { tag: { type: 'integer' }, name: { type: 'string' }, nested: { type: 'object', properties: { on: { type: 'boolean' } } }, open: { anyOf: [{ type: 'string' }, { type: 'null' }] }, many: { type: 'array', items: { type: 'object', properties: { id: { type: 'string' } } } } } },
  },
]; // prettier-ignore

test.each([
  ['input.tga > 4000', 'No such key: tga'],
  ['input.tag == "x"', 'no such overload: int == string'],
  ['input.nested.off', 'No such key: off'],
  ['input.many.exists(m, m.name == "x")', 'No such key: name'],
  ['resource.nmae == "x"', 'No such key: nmae'],
  ['nobody.name == "x"', 'Unknown variable: nobody'],
  ['plan.riskScore > 3', 'plan is known in the phases plan and apply only'],
  ['params.nope == 1', 'there is no parameter "nope"'],
  ['cel.bind(x, 1, x == 1)', 'cel.bind is not offered'],
  ['user.id', 'must give true or false, gives string'],
  ['true || '.repeat(260) + 'true', 'more than 500 parts'],
  ['('.repeat(33) + 'true' + ')'.repeat(33), 'nested more than 32 deep'],
  [`"${'a'.repeat(4_100)}" == ""`, 'an expression has at most 4096 bytes'],
])('%s is refused when it is saved', (when, expected) => {
  const text = documentOf([`{ id: one, type: deny, match: { operations: [vlans.create] }, when: '${when}' }`]);
  expect(faultsOf(text, CATALOGUE).map(({ message }) => message)[0]).toContain(expected);
});

test('what a schema leaves open is looked at when it runs, and so is the input of several Operations', () => {
  const with_ = (operations: string, when: string) =>
    faultsOf(documentOf([`{ id: one, type: deny, match: { operations: [${operations}] }, when: '${when}' }`]), CATALOGUE);
  expect(with_('vlans.create', 'input.open == "x" && input.nested.on && input.many[0].id == "x" && input.tag > 3')).toEqual([]);
  expect(with_('"vlans.*"', 'input.tga > 3')).toEqual([]);
});

test('the column of a fault is counted from the start of the line it stands in', () => {
  const text = documentOf(["id: one\n      type: deny\n      when: |\n        user.id == 'x' &&\n        user.nick == 'y'"]);
  expect(faultsOf(text)).toMatchObject([{ line: 10, pointer: '/spec/policies/0/when' }]);
});
