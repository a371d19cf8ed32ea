import { inOrder } from './migrate.ts';
import type { EventDeclaration, Module } from './module.ts';
import { ENVELOPE_FIELDS, type AnyOperation, type Route } from './operation.ts';

/** Every Operation of the process, checked: what is not in here does not exist on any surface. */
export interface Registry {
  operations: ReadonlyMap<string, AnyOperation>;
  modules: readonly Module[];
  /** Events by type with one line each. */
  events: ReadonlyMap<string, string>;
  /** All that is said of them, and by whom they are announced. */
  announcements: ReadonlyMap<string, EventDeclaration & { module: string }>;
  /** Module that declares the operation; of one that a tenant has published the module that runs it. */
  moduleOf: (operation: AnyOperation) => string;
  permissions: ReadonlyMap<string, AnyOperation[]>;
}

const kebab = (text: string): string => text.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const split = (operation: AnyOperation): { resource: string; verb: string } => {
  const at = operation.name.lastIndexOf('.');
  return { resource: operation.name.slice(0, at), verb: operation.name.slice(at + 1) };
};

/** Method and path below `/api/v1`: by convention from the name, unless the operation says otherwise. */
export function routeOf(operation: AnyOperation): Route {
  if (operation.route) return operation.route;
  const { resource, verb } = split(operation);
  const base = `/${kebab(resource).replaceAll('.', '/')}`;
  const one = `${base}/{id}`;
  const conventional: Record<string, Route> = {
    list: { method: 'GET', path: base },
    get: { method: 'GET', path: one },
    create: { method: 'POST', path: base },
    update: { method: 'PATCH', path: one },
    delete: { method: 'DELETE', path: one },
  };
  const method = operation.risk === 'read' ? 'GET' : 'POST';
  return conventional[verb] ?? { method, path: `${'id' in operation.input.shape ? one : base}/${kebab(verb)}` };
}

/** Every path that leads to it over REST. */
export const routesOf = (operation: AnyOperation): readonly Route[] => [routeOf(operation), ...(operation.aliases ?? [])];

/** `servers.create` is the tool `servers_create`. */
export const toolName = (operation: AnyOperation): string => operation.name.replaceAll('.', '_');

/** `dns.createZone` is the command `dns create-zone`. */
export const commandOf = (operation: AnyOperation): string[] => operation.name.split('.').map(kebab);

const NAME = /^[a-z][a-zA-Z]*(\.[a-z][a-zA-Z]*)+$/;
const PERMISSION = /^[a-z][a-zA-Z-]*:[a-z][a-zA-Z]*$/;

/** What an operation lacks, in words; empty when it is complete. */
export function faultsOf(operation: AnyOperation): string[] {
  const { name, permission, summary, risk, change, runs } = operation;
  const fields = Object.keys(operation.input.shape as Record<string, unknown>);
  const parameters = routesOf(operation).flatMap(({ path }) => [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!));
  // What leaves no Change has no envelope of its own, so a decision may have a field "comment".
  const reserved: readonly string[] = change === 'none' ? [] : ENVELOPE_FIELDS;
  const rules: [boolean, string][] = [
    [NAME.test(name), 'its name is not resource.verb'],
    [PERMISSION.test(permission), `permission "${permission}" is not resource:action`],
    [summary.trim() !== '' && !summary.endsWith('.'), 'it needs a summary of one line without a full stop'],
    [operation.targets !== undefined, 'it declares no targets (or "none")'],
    [risk === 'read' || change === 'none' || operation.plan !== undefined, 'it changes things and has no plan'],
    [risk !== 'read' || runs !== 'job', 'a read cannot be a job'],
    [change !== 'none' || runs !== 'job', 'a job needs a Change'],
    [!operation.handlesDryRun || (change === 'none' && risk !== 'read'), 'the Gate answers its dry run already'],
    [!operation.accepted || change === 'none', 'its 202 would say that a Change carries it out'],
    ...parameters.map((field): [boolean, string] => [fields.includes(field), `route parameter {${field}} is not a field of its input`]),
    ...fields.map((field): [boolean, string] => [!reserved.includes(field), `field "${field}" belongs to the envelope`]),
  ];
  return rules.filter(([holds]) => !holds).map(([, fault]) => fault);
}

/** Modules that listen to what nobody announces, and do not say that it may be so. */
const deaf = (modules: readonly Module[], events: ReadonlyMap<string, string>): string[] =>
  modules.flatMap(({ name, on = {}, hearsOf = [] }) =>
    Object.keys(on)
      .filter((type) => !events.has(type) && !hearsOf.includes(type))
      .map((type) => `${name}: listens to "${type}", which no module announces`),
  );

/** Throws with every fault of every module at once: registration is complete or the process does not start. */
export function createRegistry(modules: readonly Module[]): Registry {
  const operations = new Map<string, AnyOperation>();
  const owner = new Map<AnyOperation, string>();
  const routes = new Map<string, string>();
  const events = new Map<string, string>();
  const announcements = new Map<string, EventDeclaration & { module: string }>();
  const permissions = new Map<string, AnyOperation[]>();
  const faults: string[] = [];
  const ordered = inOrder(modules);
  for (const module of ordered) {
    for (const [type, said] of Object.entries(module.events ?? {})) {
      const declared = typeof said === 'string' ? { summary: said } : said;
      if (events.has(type)) faults.push(`${module.name}: "${type}" is announced by another module already`);
      events.set(type, declared.summary);
      announcements.set(type, { ...declared, module: module.name });
    }
    for (const operation of module.operations) {
      if (operations.has(operation.name)) faults.push(`${operation.name}: declared twice`);
      operations.set(operation.name, operation);
      owner.set(operation, module.name);
      permissions.set(operation.permission, [...(permissions.get(operation.permission) ?? []), operation]);
      for (const { method, path } of routesOf(operation)) {
        const route = `${method} ${path.replaceAll(/\{\w+\}/g, '{}')}`;
        if (routes.has(route)) faults.push(`${operation.name}: route ${route} is taken by ${routes.get(route)}`);
        routes.set(route, operation.name);
      }
      faults.push(...faultsOf(operation).map((fault) => `${operation.name}: ${fault}`));
    }
  }
  faults.push(...deaf(ordered, events));
  if (faults.length > 0) throw new Error(`the registry is not complete:\n  ${faults.join('\n  ')}`);
  return {
    operations,
    modules: ordered,
    events,
    announcements,
    permissions,
    moduleOf: (operation) => owner.get(operation) ?? operation.name.split('.')[0]!,
  };
}
