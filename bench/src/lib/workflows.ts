import { randomBytes, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sha256 } from '../../../server/src/kernel/ids.ts';
import { draw, type Drawn } from '../../../server/src/modules/workflows/engine/testing.ts';
import { WorkflowSettings, type Json } from '../../../server/src/modules/workflows/graph.ts';
import { WebhookTrigger } from '../../../server/src/modules/workflows/triggers/config.ts';
import type { Bench } from './database.ts';

type Set = readonly [string, Record<string, Json>];
const set = (name: string, value: string): Set => ['transform', { mode: 'fields', keep: 'all', fields: [{ name, value }] }];

/** What the other side of workload D answers: at once, with a few bytes. */
export async function startEcho(): Promise<{ url: string; count: () => number; close: () => Promise<void> }> {
  let count = 0;
  const body = JSON.stringify({ ok: true });
  const server = createServer((request, response) => {
    request.resume().once('end', () => {
      count += 1;
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': body.length }).end(body);
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/echo`,
    count: () => count,
    close: () => new Promise((resolve) => (server.closeAllConnections(), server.close(() => resolve()))),
  };
}

/**
 * The four workloads, each begun by a webhook and answered by a Respond node. A: a decision and a field. B: ten fields one after the other.
 * C: a hundred rounds of a loop. D: one call of another system.
 */
export const workloads = (echo: string): Record<'A' | 'B' | 'C' | 'D', { nodes: Drawn; lines: string }> => {
  const ten: Drawn = Object.fromEntries(Array.from({ length: 10 }, (_, at) => [`s${at}`, set(`f${at}`, `{{ trigger.body.n + ${at} }}`)]));
  const answer = (body: string): Drawn[string] => ['respond', { status: 200, bodyType: 'json', body }];
  return {
    A: {
      nodes: { check: ['conditional', { expression: 'trigger.body.n > 10' }], large: set('size', 'large'), small: set('size', 'small'), reply: answer('{{ {"size": input.size} }}') },
      lines: 'start -> check, check.true -> large -> reply, check.false -> small -> reply',
    },
    B: { nodes: { ...ten, reply: answer('{{ {"last": input.f9} }}') }, lines: `start -> ${Object.keys(ten).join(' -> ')} -> reply` },
    C: {
      nodes: { each: ['loop', { type: 'count', count: '100' }], square: ['transform', { mode: 'expression', expression: 'item * item' }], reply: answer('{{ {"count": input.count} }}') },
      lines: 'start -> each, each.body -> square -> each.next, each.done -> reply',
    },
    D: {
      nodes: { call: ['http_api', { method: 'POST', url: echo, body: { type: 'json', value: '{{ trigger.body }}' } }], reply: answer('{{ {"ok": true} }}') },
      lines: 'start -> call -> reply',
    },
  };
}; // prettier-ignore

/** A workflow that is published, with a webhook; answers its path. */
export async function publishHook({ sql }: Bench, tenantId: string, { nodes, lines }: { nodes: Drawn; lines: string }, settings: Partial<WorkflowSettings> = {}): Promise<string> {
  const config = { mode: 'webhook', methods: ['POST'], auth: 'none', response: { mode: 'respond_node' } };
  const graph = draw({ start: ['trigger', config], ...nodes }, lines);
  const [drawn, set_] = [JSON.stringify(graph), JSON.stringify(WorkflowSettings.parse({ maxConcurrent: 1_000, ...settings }))];
  const [id, token, owner] = [randomUUID(), randomBytes(32).toString('base64url'), randomUUID()];
  const by = JSON.stringify({ kind: 'user', id: owner, name: 'bench' });
  await sql(`insert into workflows (tenant_id, id, name, slug, status, draft, settings, last_version, active_version, owner_id, owner_name, created_by, updated_by)
    values ($1, $2, 'bench', $3, 'active', $4, $5, 1, 1, $6, 'bench', $7, $7)`, [tenantId, id, `bench-${id}`, drawn, set_, owner, by]);
  await sql(`insert into workflow_versions (tenant_id, id, workflow_id, number, graph, settings, hash, author, validation) values ($1, $2, $3, 1, $4, $5, $6, $7, '{}')`,
    [tenantId, randomUUID(), id, drawn, set_, sha256(drawn + set_), by]);
  await sql(`insert into workflow_triggers (tenant_id, id, workflow_id, version, node_id, kind, config, config_hash, state, token_hash) values ($1, $2, $3, 1, $4, 'webhook', $5, 'bench', 'active', $6)`,
    [tenantId, randomUUID(), id, graph.nodes.find(({ key }) => key === 'start')!.id, JSON.stringify(WebhookTrigger.parse(config)), sha256(token)]);
  return `/hooks/${token}`;
} // prettier-ignore
