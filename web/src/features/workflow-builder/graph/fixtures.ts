import type { Connection, ConnectionKind, GraphNode, Json } from '../types.ts';
import { docOf, type Doc } from './doc.ts';
import { makeTypes } from '../state/make-types.ts';
import type { NodeTypeInfo, Types } from '../state/types-of.ts';

const type = (name: string, inputs: string[], outputs: string[], more: Partial<NodeTypeInfo> = {}): NodeTypeInfo => ({
  type: name,
  version: 1,
  label: name,
  icon: 'box',
  category: 'flow',
  summary: `Does ${name}`,
  docs: `# ${name}\n\nText with \`code\`.`,
  effect: 'pure',
  inputs: inputs.map((port) => ({ name: port })),
  outputs: outputs.map((port) => ({ name: port })),
  defaults: {},
  schema: {
    type: 'object',
    properties: {
      value: { type: 'string', title: 'Value' },
      when: { type: 'string', title: 'When', expression: 'expr' },
      count: { type: 'integer', title: 'Count' },
    },
  },
  allowed: true,
  ...more,
});

/** Types as the server tells them, a few of each kind: for tests. */
export const TYPES: Types = makeTypes(
  [
    type('trigger', [], ['main'], { category: 'orchestration' }),
    type('transform', ['main'], ['main', 'error']),
    type('conditional', ['main'], ['true', 'false', 'error']),
    type('loop', ['main', 'next'], ['body', 'done', 'error'], { defaults: { maxIterations: 100 } }),
    type('merge', [], ['main'], { inputs: { kind: 'count', field: 'inputs', prefix: 'in' }, defaults: { inputs: 2 } }),
    type('switch', ['main'], [], { outputs: [{ kind: 'cases', field: 'cases' }, { name: 'default' }, { name: 'error' }] }),
    type('operation', ['main'], ['main', 'denied', 'error'], { category: 'operations', effect: null }),
    type('agent', ['main'], ['main'], { outputs: [{ name: 'main' }, { name: 'tools', kind: 'tool' }, { name: 'memory', kind: 'memory' }] }),
    type('email', ['main'], ['main', 'error'], { allowed: false, missing: 'notifications:send', category: 'integration' }),
    type('note', [], [], { category: 'layout' }),
  ],
  [
    {
      name: 'servers.create',
      summary: 'Create a server',
      group: 'clouds',
      risk: 'high',
      allowed: true,
      schema: { type: 'object', properties: { name: { type: 'string' } } },
    },
    { name: 'servers.list', summary: 'List servers', group: 'clouds', risk: 'read', allowed: true, schema: { type: 'object' } },
  ],
);

export const uuid = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
export const node = (number: number, kind = 'transform', config: Record<string, Json> = {}): GraphNode => ({
  id: uuid(number),
  key: `n${number}`,
  type: kind,
  typeVersion: 1,
  name: `Node ${number}`,
  config,
  layout: { x: number * 300, y: 0 },
});
const KINDS: Readonly<Record<string, ConnectionKind>> = { tools: 'tool', memory: 'memory' };
/** `1:true>2:main`, ports `main` when left out. */
function line(text: string): Connection {
  const [from = '', to = ''] = text.split('>');
  const [source = '', sourcePort = 'main'] = from.split(':');
  const [target = '', targetPort = 'main'] = to.split(':');
  return {
    id: `line ${text}`,
    kind: KINDS[sourcePort] ?? 'flow',
    source: uuid(Number(source)),
    sourcePort,
    target: uuid(Number(target)),
    targetPort,
  };
}
export const graph = (nodes: readonly GraphNode[], ...lines: string[]): Doc => docOf({ nodes: [...nodes], connections: lines.map(line) });
export const wanted = (text: string) => {
  const { id: _i, kind: _k, ...ends } = line(text);
  return ends;
};
