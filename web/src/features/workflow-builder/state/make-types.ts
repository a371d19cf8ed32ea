import type { Config, Effect, GraphNode, Port } from '../types.ts';
import type { Seed } from '../graph/acts.ts';
import type { Size } from '../graph/layout.ts';
import { hangs } from '../graph/lines.ts';
import type { Ports } from '../graph/rules.ts';
import type { NodeTypeInfo, OperationInfo, Types } from './types-of.ts';

const NODE_WIDTH = 208;
/** With the names of several ports beside what it says. */
const WIDE = 244;
/** With what hangs on it besides. */
const WIDEST = 290;
const NODE_HEIGHT = 72;
/** Room that a port and its name need along the edge. */
const PORT_ROOM = 24;
/** That the names of tools and memories need along the lower edge. */
const HUNG_ROOM = 20;
const NOTE_SIZE: Size = { width: 240, height: 120 };

/** Types whose output ports may all bring something in one run; of all others one is taken. */
const ALL_PORTS = new Set(['loop', 'filter', 'trigger']);

const isPort = (value: unknown): value is Port => typeof (value as Port | null)?.name === 'string';
const isRule = (value: unknown): value is { kind: string; field: string; [more: string]: unknown } =>
  typeof (value as { kind?: unknown } | null)?.kind === 'string';

/** Ports that hang on the configuration: `cases` are named in a list, `count` are numbered. */
function ruled(rule: { kind: string; field: string; [more: string]: unknown }, config: Config): Port[] {
  const value = config[rule.field];
  const fixed = (Array.isArray(rule['always']) ? rule['always'] : []).filter(isPort);
  if (rule.kind === 'count') {
    const count = Math.min(16, Math.max(2, Number(value) || 2));
    return [...Array.from({ length: count }, (_, i) => ({ name: `${String(rule['prefix'] ?? 'in')}${i + 1}` })), ...fixed];
  }
  const named = (Array.isArray(value) ? value : []).flatMap((item) => {
    const name = typeof item === 'string' ? item : (item as { name?: unknown } | null)?.name;
    return typeof name === 'string' && name !== '' ? [{ name }] : [];
  });
  return [...named, ...fixed];
}
const portsFrom = (told: unknown, config: Config): readonly Port[] =>
  Array.isArray(told)
    ? told.flatMap((one) => (isPort(one) ? [one] : isRule(one) ? ruled(one, config) : []))
    : isRule(told)
      ? ruled(told, config)
      : [];

const UNKNOWN: Ports = { inputs: [{ name: 'main' }], outputs: [{ name: 'main' }], exclusive: true };
const EFFECTS = new Set(['pure', 'read', 'effect', 'wait', 'none']);

function effectFrom(told: unknown, config: Config, operation: OperationInfo | undefined): Effect {
  if (typeof told === 'string' && EFFECTS.has(told)) return told as Effect;
  if (operation) return operation.risk === 'read' ? 'read' : 'effect';
  const { field, values, otherwise } = (told ?? {}) as { field?: string; values?: Record<string, string>; otherwise?: string };
  const found = field === undefined ? undefined : (values?.[String(config[field])] ?? otherwise);
  return found !== undefined && EFFECTS.has(found) ? (found as Effect) : 'effect';
}

/** What the builder reads of types: ports, sizes and effects of nodes, worked out once per node as it is. */
export function makeTypes(all: readonly NodeTypeInfo[], operations: readonly OperationInfo[]): Types {
  const byType = new Map(all.map((type) => [type.type, type]));
  const byName = new Map(operations.map((operation) => [operation.name, operation]));
  const known = new WeakMap<Config, { type: string; ports: Ports }>();

  const ports = ({ type, config }: GraphNode): Ports => {
    const there = known.get(config);
    if (there?.type === type) return there.ports;
    const info = byType.get(type);
    const made: Ports = info
      ? {
          inputs: portsFrom(info.inputs, config),
          outputs: portsFrom(info.outputs, config),
          exclusive: !ALL_PORTS.has(type) && config['allMatches'] !== true,
        }
      : UNKNOWN;
    known.set(config, { type, ports: made });
    return made;
  };
  return {
    all,
    operations,
    of: (type) => byType.get(type),
    operation: (name) => byName.get(name),
    ports,
    size(node) {
      if (node.type === 'note') return { width: node.layout?.width ?? NOTE_SIZE.width, height: node.layout?.height ?? NOTE_SIZE.height };
      const { inputs, outputs } = ports(node);
      const flow = outputs.filter((port) => !hangs(port));
      const most = Math.max(inputs.length, flow.length);
      const height = Math.max(NODE_HEIGHT, PORT_ROOM * (most + 1));
      if (flow.length < outputs.length) return { width: WIDEST, height: height + HUNG_ROOM };
      return { width: most > 1 ? WIDE : NODE_WIDTH, height };
    },
    effect: (node) => effectFrom(byType.get(node.type)?.effect, node.config, byName.get(String(node.config['operation'] ?? ''))),
  };
}

/** A new node of a type, as the palette offers it. */
export const seedOf = ({ type, version, label, defaults }: NodeTypeInfo): Seed => ({
  type,
  typeVersion: version,
  name: label,
  config: defaults,
  ...(type === 'note' ? { size: NOTE_SIZE } : {}),
});
/** An Operation as a step: a preset of the type `operation`. */
export const operationSeed = ({ name, summary }: OperationInfo, type: NodeTypeInfo | undefined): Seed => ({
  type: 'operation',
  typeVersion: type?.version ?? 1,
  name: summary.slice(0, 60),
  config: { ...type?.defaults, operation: name, input: {} },
});
