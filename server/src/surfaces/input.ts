import type { FastifyRequest } from 'fastify';
import type { AnyOperation, Route } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { coerce } from './coerce.ts';
import { schemasOf } from './json-schema.ts';
import { defectOf } from './json.ts';

type Fields = Record<string, unknown>;

/** Query parameters that are ours, not the operation's. */
const RESERVED = new Set(['dryRun', 'draft', 'emergency']);
const BODYLESS = new Set(['GET', 'HEAD', 'DELETE']);

const pathNames = ({ path, fixed = {} }: Route): Set<string> =>
  new Set([...[...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!), ...Object.keys(fixed)]);

function bodyOf(request: FastifyRequest): Fields {
  const { body } = request;
  if (body === undefined || body === null) return {};
  if (typeof body !== 'object' || Array.isArray(body)) throw new Problem('malformed-request', 'The body must be a JSON object.');
  return body as Fields;
}

/** What a sender's signature is over, besides the body; of what was not sent there is no field. */
const signedBy = ({ headers }: FastifyRequest, { raw }: AnyOperation): Fields =>
  Object.fromEntries(
    Object.entries(raw?.headers ?? {}).flatMap(([field, name]) => (typeof headers[name] === 'string' ? [[field, headers[name]]] : [])),
  );

const elsewhere = (name: string, place: string): Problem =>
  new Problem('malformed-request', `"${name}" is taken from the path; leave it out of the ${place}.`);

/**
 * Reads an operation's input from a request: path parameters, then query (GET, DELETE) or JSON body (POST, PUT, PATCH). A name lives
 * in one place only: what a proxy logs from the path must be what happens.
 */
export function inputReader(operation: AnyOperation, route: Route): (request: FastifyRequest, upload?: Fields) => Fields {
  const inPath = pathNames(route);
  const bodyless = BODYLESS.has(route.method);
  const typed = (fields: Fields): Fields => {
    // Asked for when it is needed: written out for every route at once it took a fifth of a start.
    const schema = schemasOf(operation).input;
    return Object.fromEntries(Object.entries(fields).map(([name, text]) => [name, coerce(schema.properties[name] ?? {}, schema, text as string)]));
  };

  return (request, upload) => {
    const query = Object.fromEntries(Object.entries(request.query as Fields).filter(([name]) => !RESERVED.has(name)));
    const stray = bodyless ? undefined : Object.keys(query)[0];
    if (stray !== undefined)
      throw new Problem('malformed-request', `The query parameter "${stray.slice(0, 64)}" belongs in the JSON body of a ${route.method}.`);
    const rest = bodyless ? query : (upload ?? bodyOf(request));
    for (const name of inPath) if (Object.hasOwn(rest, name)) throw elsewhere(name, bodyless ? 'query' : 'body');
    const params = Object.fromEntries(Object.entries(request.params as Fields).filter(([name]) => inPath.has(name)));
    const input = { ...route.fixed, ...typed(params), ...(bodyless ? typed(query) : rest), ...signedBy(request, operation) };
    const defect = bodyless || inPath.size > 0 ? defectOf(input) : undefined;
    if (defect) throw new Problem('malformed-request', `The request cannot be used: ${defect}.`);
    return input;
  };
}
