import { isMaking, type AnyOperation, type Route } from '#kernel/operation.ts';
import { problemCatalogue } from '#kernel/problem.ts';
import { commandOf, routesOf, toolName, type Registry } from '#kernel/registry.ts';
import { API } from './answer.ts';
import { schemasOf, type JsonSchema } from './json-schema.ts';
import { CHANGE_REFUSALS, COMPONENTS, ENVELOPE, json, ref, REFUSALS } from './openapi-parts.ts';
import { hoister } from './openapi-schemas.ts';
import { webhooksOf } from './openapi-webhooks.ts';
import { isHidden } from './rest.ts';

type Json = Record<string, unknown>;

function parametersOf(operation: AnyOperation, { method, path }: Route, hoist: Hoist): { parameters: Json[]; body: JsonSchema | undefined } {
  const { $defs, ...input } = schemasOf(operation).input;
  const within = (schema: JsonSchema): JsonSchema => hoist({ ...schema, ...($defs ? { $defs } : {}) });
  const inPath = new Set([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!));
  const rest = Object.entries(input.properties).filter(([name]) => !inPath.has(name));
  const required = (name: string): boolean => input.required?.includes(name) === true;
  const place = (name: string, where: 'path' | 'query', schema: JsonSchema): Json => ({
    name,
    in: where,
    required: where === 'path' || required(name),
    ...(schema.description ? { description: schema.description } : {}),
    schema: within(schema),
  });
  const parameters = [...inPath].map((name) => place(name, 'path', input.properties[name] ?? {}));
  if (method === 'GET' || method === 'DELETE')
    return { parameters: [...parameters, ...rest.map(([name, schema]) => place(name, 'query', schema))], body: undefined };
  const body = within({
    type: 'object',
    properties: Object.fromEntries(rest),
    required: rest.map(([name]) => name).filter(required),
    additionalProperties: false,
  });
  return { parameters, body: rest.length > 0 ? body : undefined };
}

type Hoist = (schema: JsonSchema) => JsonSchema;

const leavesChange = (operation: AnyOperation): boolean => operation.risk !== 'read' && operation.change !== 'none';

function successOf(operation: AnyOperation, hoist: Hoist): Json {
  const planned = ref('schemas', 'Planned');
  const accepted = leavesChange(operation) ? { 202: ref('responses', 'Accepted') } : {};
  if (operation.download)
    return { 200: { description: 'The file', content: { '*/*': { schema: { type: 'string', format: 'binary' } } } }, ...accepted };
  const output = hoist(schemasOf(operation).output);
  if (typeof operation.accepted === 'function')
    return {
      200: { description: 'Done', content: json(output) },
      202: { description: 'Begun; `Location` says where it can be read', content: json(output) },
    };
  if (operation.accepted) return { 202: { description: 'Accepted; what comes of it comes by mail', content: json(output) } };
  if (!isMaking(operation))
    return {
      200: {
        description: 'Done',
        content: {
          ...json(leavesChange(operation) ? { anyOf: [output, planned] } : output),
          ...(operation.lines ? { 'application/x-ndjson': { schema: { type: 'string' } } } : {}),
        },
      },
      ...accepted,
    };
  const dryRun = leavesChange(operation) ? { 200: { description: 'Planned (dry run)', content: json(planned) } } : {};
  return { ...dryRun, 201: { description: 'Created', content: json(output) }, ...accepted };
}

function needs({ access, permission }: AnyOperation): string {
  if (access === 'public') return 'No sign-in needed.';
  return access === 'self' ? 'For any signed-in person, on their own data.' : `Needs the permission \`${permission}\`.`;
}

function envelopeOf(operation: AnyOperation): Json[] {
  const changing = operation.risk === 'read' ? [] : ['IdempotencyKey', 'Comment', 'IfMatch'];
  const trying = operation.handlesDryRun ? ['DryRun'] : [];
  const planning = leavesChange(operation) ? ['Ticket', 'DryRun', 'Draft', 'Emergency', 'Prefer'] : trying;
  return ['Tenant', ...changing, ...planning].map((name) => ref('parameters', name));
}

/** `alias`: 0 for the operation's own route, then its further ones in their order. */
function operationObject(registry: Registry, operation: AnyOperation, route: Route, alias: number, hoist: Hoist): Json {
  const { name, summary, description, permission, risk, access, hiddenFrom = [] } = operation;
  const { parameters, body } = parametersOf(operation, route, hoist);
  const refusals = [...REFUSALS, ...(risk === 'read' ? [] : CHANGE_REFUSALS)];
  return {
    operationId: alias === 0 ? name : `${name}.${alias}`,
    summary,
    description: [description, `${needs(operation)} Risk: ${risk}.`].filter(Boolean).join('\n\n'),
    tags: [registry.moduleOf(operation)],
    ...(access === 'public' ? { security: [] } : {}),
    parameters: [...parameters, ...envelopeOf(operation)],
    ...(body ? { requestBody: { required: body.required?.length !== 0, content: json(body) } } : {}),
    responses: { ...successOf(operation, hoist), ...Object.fromEntries(refusals.map((status) => [status, ref('responses', `Problem${status}`)])) },
    'x-switchyard': {
      ...(alias === 0 ? {} : { aliasOf: name }),
      tool: toolName(operation),
      command: commandOf(operation),
      risk,
      permission,
      change: leavesChange(operation),
      download: operation.download !== undefined,
      session: operation.session ?? null,
      hiddenFrom,
    },
  };
}

/** The OpenAPI 3.1 document of a registry, and of what a tenant has published besides. */
export function openApi(registry: Registry, version: string, published: readonly AnyOperation[] = []): Json {
  const schemas: Record<string, JsonSchema> = {};
  const hoist = hoister(schemas);
  const told = webhooksOf(registry);
  for (const [name, schema] of Object.entries({ ...COMPONENTS, ...told.schemas })) schemas[name] = hoist(schema);
  const paths: Record<string, Json> = {};
  for (const operation of [...registry.operations.values(), ...published]) {
    if (isHidden(operation)) continue;
    for (const [alias, route] of routesOf(operation).entries())
      paths[API + route.path] = {
        ...paths[API + route.path],
        [route.method.toLowerCase()]: operationObject(registry, operation, route, alias, hoist),
      };
  }
  const slugs = (status: string): string => [...problemCatalogue()].filter(([, kind]) => String(kind.status) === status).map(([slug]) => `\`${slug}\``).sort().join(', '); // prettier-ignore
  const responses = Object.fromEntries(
    [...REFUSALS, ...CHANGE_REFUSALS].map((status) => [
      `Problem${status}`,
      { description: slugs(status) || `Status ${status}`, content: { 'application/problem+json': { schema: ref('schemas', 'Problem') } } },
    ]),
  );
  return {
    openapi: '3.1.0',
    info: {
      title: 'Switchyard',
      version,
      description: 'One governed control plane. Every call passes one Gate; what changes something leaves a Change.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }, { session: [] }],
    tags: [...new Set([...registry.operations.values()].map((operation) => registry.moduleOf(operation)))].sort().map((name) => ({ name })),
    paths: Object.fromEntries(Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1))),
    webhooks: told.webhooks,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'API key `sy_…` or session token' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-sy_session',
          description: 'Without the prefix on an installation that is reached by plain HTTP',
        },
      },
      parameters: { ...ENVELOPE, ...told.parameters },
      responses: {
        Accepted: {
          description: 'A Change carries this out, or waits for approval',
          headers: { Location: { schema: { type: 'string' } } },
          content: json(ref('schemas', 'Accepted')),
        },
        ...responses,
      },
      schemas: Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1))),
    },
  };
}
