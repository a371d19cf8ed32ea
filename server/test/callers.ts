import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { isDecision } from '#kernel/agent-tools.ts';
import type { AnyOperation, Surface } from '#kernel/operation.ts';
import { commandOf, routeOf, toolName } from '#kernel/registry.ts';
import { createCli } from './cli.ts';

type Input = Record<string, unknown>;

/** What a surface answered, in the terms of the Gate. */
export interface Answer {
  /** `done`, `accepted`, `planned`, or the slug of the problem. */
  verdict: string;
  body: unknown;
  /** JSON pointers of the fields that are wrong. */
  pointers: string[];
}

export interface With {
  key?: string;
  dryRun?: boolean;
}
export type Caller = (operation: AnyOperation, input: Input, token: string | null, options?: With) => Promise<Answer>;

interface ProblemBody {
  type: string;
  errors?: { pointer: string }[];
}

const refused = (body: ProblemBody): Answer => ({
  verdict: body.type.split('/').at(-1)!,
  body,
  pointers: (body.errors ?? []).map(({ pointer }) => pointer),
});

function passed(body: unknown): Answer {
  const { change, plan, planHash } = (body ?? {}) as { change?: { number?: string }; plan?: unknown; planHash?: string };
  const verdict =
    change?.number !== undefined ? 'accepted' : plan !== undefined && planHash !== undefined && !('number' in (body as object)) ? 'planned' : 'done';
  return { verdict, body, pointers: [] };
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** By hand over HTTP, as with curl. */
export const rest =
  (url: string): Caller =>
  async (operation, input, token, { key, dryRun } = {}) => {
    const { method, path } = routeOf(operation);
    const names = new Set([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!));
    const others = Object.entries(input).filter(([name]) => !names.has(name));
    const bodyless = method === 'GET' || method === 'DELETE';
    const query = new URLSearchParams(
      bodyless ? others.flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, asText(one)])) : [],
    );
    if (dryRun) query.set('dryRun', 'true');
    const response = await fetch(
      `${url}/api/v1${path.replace(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(asText(input[name])))}?${query.toString()}`,
      {
        method,
        headers: {
          ...(token ? { authorization: `Bearer ${token}` } : {}),
          ...(key ? { 'idempotency-key': key } : {}),
          ...(bodyless ? {} : { 'content-type': 'application/json' }),
        },
        ...(bodyless ? {} : { body: JSON.stringify(Object.fromEntries(others)) }),
      },
    );
    if (response.ok && response.headers.has('content-disposition')) return { verdict: 'done', body: await response.text(), pointers: [] };
    const body: unknown = await response.json();
    return response.ok ? passed(body) : refused(body as ProblemBody);
  };

/** By the official client, one connection for each caller. */
export function mcp(url: string): { call: Caller; tools: (token: string) => Promise<string[]>; close: () => Promise<void> } {
  const clients = new Map<string, Promise<Client>>();
  const connect = async (token: string): Promise<Client> => {
    const client = new Client({ name: 'conformance', version: '1' }, { versionNegotiation: { mode: 'auto' } });
    await client.connect(
      new StreamableHTTPClientTransport(new URL(`${url}/mcp`), { requestInit: { headers: { authorization: `Bearer ${token}` } } }),
    );
    return client;
  };
  const anonymous = async (operation: AnyOperation, input: Input): Promise<Answer> => {
    const message = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: toolName(operation), arguments: input } };
    const response = await fetch(`${url}/mcp`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
      body: JSON.stringify(message),
    });
    return refused(((await response.json()) as { error: { data: ProblemBody } }).error.data);
  };
  const clientOf = (token: string): Promise<Client> => {
    if (!clients.has(token)) clients.set(token, connect(token));
    return clients.get(token)!;
  };
  return {
    tools: async (token) => (await (await clientOf(token)).listTools()).tools.map(({ name }) => name),
    async call(operation, input, token, { key, dryRun = false } = {}) {
      if (token === null) return anonymous(operation, input);
      const envelope =
        operation.risk === 'read' ? {} : { ...(key ? { idempotencyKey: key } : {}), ...(operation.change === 'none' && !dryRun ? {} : { dryRun }) };
      const result = await (await clientOf(token)).callTool({ name: toolName(operation), arguments: { ...input, ...envelope } });
      const body = result.structuredContent as ProblemBody;
      return result.isError ? refused(body) : passed(body);
    },
    close: async () => void (await Promise.all([...clients.values()].map(async (client) => (await client).close()))),
  };
}

function printed(operation: AnyOperation, { code, out, err }: { code: number; out: string; err: string }): Answer {
  if (code === 1 && err.startsWith('{')) return refused(JSON.parse(err) as ProblemBody);
  // The command line knows what a command takes, and sends nothing else.
  if (code === 2 && err.includes("'--dry-run'")) return { verdict: 'unknown-flag', body: err, pointers: [] };
  if (code !== 0 && code !== 3) throw new Error(`switchyard ${commandOf(operation).join(' ')}: exit code ${code}: ${err}`);
  return operation.download ? { verdict: 'done', body: out, pointers: [] } : passed(JSON.parse(out));
}

/** By the command line, with the input on its standard input. */
export async function cli(url: string): Promise<{ call: Caller; knows: (operation: AnyOperation) => Promise<boolean>; close: () => void }> {
  const line = await createCli(url);
  return {
    close: line.close,
    knows: async (operation) =>
      (await line.run([...commandOf(operation), '--help'])).out.includes(`Usage  switchyard ${commandOf(operation).join(' ')} `),
    async call(operation, input, token, { key, dryRun } = {}) {
      const flags = ['--input', '-', '--json', ...(key ? ['--idempotency-key', key] : []), ...(dryRun ? ['--dry-run'] : [])];
      const env: Record<string, string> = token ? { SWITCHYARD_API_KEY: token } : {};
      return printed(operation, await line.run([...commandOf(operation), ...flags], { stdin: JSON.stringify(input), env }));
    },
  };
}

/** Decisions on approvals are no tools unless the tenant says so (devices.md 12.3). */
export const isOn = (operation: AnyOperation, surface: Surface): boolean =>
  !operation.hiddenFrom?.includes(surface) && !(surface === 'mcp' && isDecision(operation));
