import { expect, test } from 'vitest';
import { z } from 'zod';
import { defineModule, type Module } from './module.ts';
import { defineOperation, type AnyOperation } from './operation.ts';
import { commandOf, createRegistry, routeOf, routesOf, toolName } from './registry.ts';

const good = defineOperation({
  name: 'lamps.light',
  summary: 'Light a lamp',
  permission: 'lamps:light',
  risk: 'write',
  input: z.object({ id: z.string() }),
  output: z.object({}),
  targets: 'none',
  plan: () => ({ summary: 'x' }),
  run: async () => ({}),
});
const like = (patch: object): AnyOperation => ({ ...good, ...patch }) as AnyOperation;
const module = (operations: readonly AnyOperation[], more: Partial<Module> = {}): Module => defineModule({ name: 'lamps', operations, ...more });
const registered =
  (...operations: AnyOperation[]) =>
  () =>
    createRegistry([module(operations)]);

test('a complete operation is registered under its name, permission and module', () => {
  const registry = createRegistry([module([good], { events: { 'lamp.lit': 'A lamp was lit' } })]);
  expect(registry.operations.get('lamps.light')).toBe(good);
  expect(registry.permissions.get('lamps:light')).toEqual([good]);
  expect(registry.moduleOf(good)).toBe('lamps');
  expect(registry.events.get('lamp.lit')).toBe('A lamp was lit');
});

test.each<[string, object, string]>([
  ['a name without a verb', { name: 'lamps' }, 'lamps: its name is not resource.verb'],
  ['a name in other letters', { name: 'Lamps.light-up' }, 'Lamps.light-up: its name is not resource.verb'],
  ['a permission of another form', { permission: 'lamps.light' }, 'lamps.light: permission "lamps.light" is not resource:action'],
  ['no summary', { summary: ' ' }, 'lamps.light: it needs a summary of one line without a full stop'],
  ['a summary with a full stop', { summary: 'Light it.' }, 'lamps.light: it needs a summary of one line without a full stop'],
  ['no targets', { targets: undefined }, 'lamps.light: it declares no targets (or "none")'],
  ['a write without a plan', { plan: undefined }, 'lamps.light: it changes things and has no plan'],
  ['high risk without a plan', { plan: undefined, risk: 'high' }, 'lamps.light: it changes things and has no plan'],
  ['a read that is a job', { risk: 'read', runs: 'job' }, 'lamps.light: a read cannot be a job'],
  ['a 202 of its own besides that of its Change', { accepted: true }, 'lamps.light: its 202 would say that a Change carries it out'],
  ['a dry run of its own besides that of its plan', { handlesDryRun: true }, 'lamps.light: the Gate answers its dry run already'],
  ['a job without a Change', { change: 'none', runs: 'job' }, 'lamps.light: a job needs a Change'],
  [
    'a route with a parameter that the input lacks',
    { route: { method: 'POST', path: '/lamps/{lamp}' } },
    'lamps.light: route parameter {lamp} is not a field of its input',
  ],
  [
    'a field that belongs to the envelope',
    { input: z.object({ id: z.string(), dryRun: z.boolean() }) },
    'lamps.light: field "dryRun" belongs to the envelope',
  ],
])('%s stops the start and is named', (_fault, patch, message) => {
  expect(registered(like(patch))).toThrow(message);
});

test('all faults are told at once', () => {
  expect(registered(like({ summary: '' }), like({ name: 'lamps.dim', targets: undefined }))).toThrow(
    /lamps\.light: it needs a summary[^]*lamps\.dim: it declares no targets/,
  );
});

test('an act that leaves no Change may have a field of the envelope', () => {
  expect(registered(like({ change: 'none', plan: undefined, input: z.object({ id: z.string(), comment: z.string() }) }))).not.toThrow();
});

test('two operations of one name, or of one route whatever its parameters are called, are refused', () => {
  expect(registered(good, like({ summary: 'Another' }))).toThrow('lamps.light: declared twice');
  const get = (name: string, path: string) =>
    like({ name, risk: 'read', plan: undefined, input: z.object({ id: z.string(), lamp: z.string() }), route: { method: 'GET', path } });
  expect(registered(get('lamps.get', '/lamps/{id}'), get('lamps.show', '/lamps/{lamp}'))).toThrow(
    'lamps.show: route GET /lamps/{} is taken by lamps.get',
  );
});

test('two modules of one name, or one event announced by two, are refused', () => {
  expect(() => createRegistry([module([good]), module([])])).toThrow('module "lamps" is registered twice');
  const events = { 'lamp.lit': 'A lamp was lit' };
  expect(() => createRegistry([module([], { events }), module([], { name: 'torches', events })])).toThrow(
    'torches: "lamp.lit" is announced by another module already',
  );
});

test('listening to what nobody announces is refused', () => {
  expect(() => createRegistry([module([], { on: { 'lamp.lit': async () => undefined } })])).toThrow(
    'lamps: listens to "lamp.lit", which no module announces',
  );
});

test('modules come in an order in which each follows those it needs; a circle or a missing one is named', () => {
  const named = (name: string, ...after: string[]): Module => ({ name, after, operations: [] });
  expect(createRegistry([named('c', 'b'), named('b', 'a'), named('a')]).modules.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  expect(() => createRegistry([named('a', 'b'), named('b', 'a')])).toThrow('modules wait for each other: a -> b -> a');
  expect(() => createRegistry([named('a', 'x')])).toThrow('module "a" comes after "x", which is not registered');
});

test('routes follow from names, unless the operation says otherwise', () => {
  const route = (name: string, patch: object = {}) => Object.values(routeOf(like({ name, ...patch }))).join(' ');
  expect(route('lamps.list')).toBe('GET /lamps');
  expect(route('lamps.get')).toBe('GET /lamps/{id}');
  expect(route('lamps.create')).toBe('POST /lamps');
  expect(route('lamps.update')).toBe('PATCH /lamps/{id}');
  expect(route('lamps.delete')).toBe('DELETE /lamps/{id}');
  expect(route('lamps.switchOn')).toBe('POST /lamps/{id}/switch-on');
  expect(route('lamps.countAll', { risk: 'read', input: z.object({}) })).toBe('GET /lamps/count-all');
  expect(route('apiKeys.list')).toBe('GET /api-keys');
  expect(route('dns.zones.get')).toBe('GET /dns/zones/{id}');
  expect(route('lamps.get', { route: { method: 'PUT', path: '/x' } })).toBe('PUT /x');
});

test('tools and commands follow from names', () => {
  expect(toolName(like({ name: 'dns.zones.list' }))).toBe('dns_zones_list');
  expect(commandOf(like({ name: 'apiKeys.createOne' }))).toEqual(['api-keys', 'create-one']);
});

test('further paths are kept beside the first, and none of them may be taken or name what is no field', () => {
  const aliased = like({ aliases: [{ method: 'POST', path: '/lanterns/{id}/light' }] });
  expect(routesOf(aliased).map(({ path }) => path)).toEqual([routeOf(good).path, '/lanterns/{id}/light']);
  const other = like({ name: 'lanterns.light', route: { method: 'POST', path: '/lanterns/{id}/light' } });
  expect(registered(aliased, other)).toThrow('lanterns.light: route POST /lanterns/{}/light is taken by lamps.light');
  expect(registered(like({ aliases: [{ method: 'POST', path: '/lanterns/{lantern}' }] }))).toThrow(
    'route parameter {lantern} is not a field of its input',
  );
});
