import { canBeTool, isWanted, riskOf } from '../../agents/tool-rules.ts';
import type { Connection, Json } from '../../graph.ts';
import type { AnyNodeType } from '../../nodes/declare.ts';
import { reaching, type Trail } from '../../taint/rules.ts';
import type { Finding } from '../findings.ts';
import type { Placed } from '../topology.ts';
import { active, effectOf, error, operationsOf, warning, type Rule, type View } from '../view.ts';

type Known = Placed & { type: AnyNodeType };

const AGENTS: ReadonlySet<string> = new Set(['ai_agent', 'planner']);
const isAgent = ({ node }: Known): boolean => AGENTS.has(node.type);
const isFields = (value: Json | undefined): value is { [key: string]: Json } => typeof value === 'object' && value !== null && !Array.isArray(value);
const texts = (value: Json | undefined): string[] => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []);

/** What hangs on a node. */
function toolsOf({ graph, topology }: View, { node }: Known): { connection: Connection; tool: Known }[] {
  return graph.connections.flatMap((connection) => {
    const tool = topology.nodes.get(connection.target);
    return connection.kind !== 'flow' && connection.source === node.id && tool?.type && !tool.node.settings?.disabled ? [{ connection, tool: tool as Known }] : [];
  });
} // prettier-ignore

/** V06: what decides on the graph, or waits for somebody, is called by nobody. */
const unfit: Rule = (view) =>
  active(view).filter(isAgent).flatMap((agent) =>
    toolsOf(view, agent)
      .filter(({ tool }) => !canBeTool(tool))
      .map(({ tool, connection }) => error('V06', tool.node, `"${tool.node.key}" cannot be a tool: it decides on the graph, or waits for somebody`, { connectionId: connection.id })),
  ); // prettier-ignore

/** V29: somebody has to think, and what talks only calls nothing. */
const thinking: Rule = (view) => {
  const { hasModel } = view.facts;
  return active(view).filter(isAgent).flatMap((agent): Finding[] => {
    const { model, mode } = agent.node.config;
    const talks = agent.node.type === 'ai_agent' && mode === 'conversational' && toolsOf(view, agent).some(({ connection }) => connection.kind === 'tool');
    return [
      ...((model === undefined || model === '') && hasModel === false ? [error('V29', agent.node, 'It has no model, and the tenant has no default one: choose one, or set one up under Settings, AI', { pointer: '/config/model' })] : []),
      ...(talks ? [error('V29', agent.node, 'It only talks in this mode: take the tools away, or let it use them', { pointer: '/config/mode' })] : []),
    ];
  });
}; // prettier-ignore

const MOST_TERSE = 15;
/** V30: the description is all that a model has to go by. */
const descriptions: Rule = (view) => {
  const tools = new Map(active(view).filter(isAgent).flatMap((agent) => toolsOf(view, agent).map(({ tool }) => [tool.node.id, tool] as const)));
  return [...tools.values()]
    .filter(({ node }) => (node.description ?? '').trim().length < MOST_TERSE)
    .map(({ node }) => warning('V30', node, `An agent reads the description of "${node.key}" to decide on calling it: say in a sentence what it does`, { pointer: '/description' }));
}; // prettier-ignore

/** Operations that an agent may call by its patterns. */
function byPattern({ facts }: View, { node }: Known): { name: string; risk: string }[] {
  const { tools } = node.config;
  if (!isFields(tools)) return [];
  const wanted = { operations: texts(tools['operations']), deny: texts(tools['deny']) };
  return wanted.operations.length === 0 ? [] : [...facts.operations.values()].filter(({ name }) => isWanted(name, wanted));
}

/** V31: what is of high risk is asked for anyway; whoever writes otherwise believes otherwise. */
const reckless: Rule = (view) =>
  active(view)
    .filter(({ node }) => node.type === 'ai_agent' && node.config['writeMode'] === 'allow')
    .flatMap((agent) => {
      const high = [
        ...byPattern(view, agent).filter(({ risk }) => risk === 'high').map(({ name }) => name),
        ...toolsOf(view, agent).filter(({ tool }) => riskOf({ type: tool.type, config: tool.node.config, effect: effectOf(tool) }, view.facts.operations) === 'high').map(({ tool }) => tool.node.key),
      ];
      return high.length === 0 ? [] : [error('V31', agent.node, `It may call ${high.slice(0, 3).join(', ')}${high.length > 3 ? ' and others' : ''}, which is of high risk: have it ask, or deny it these`, { pointer: '/config/writeMode' })];
    }); // prettier-ignore

/** Nodes whose text a node's settings name: by any expression. */
function readsOf(view: View, { node }: Placed): string[] {
  const text = JSON.stringify(node.config);
  const keys = [...text.matchAll(/\bnodes\.\??([a-z]\w*)/g)].map(([, key]) => key!);
  const named = keys.flatMap((key) => view.topology.byKey.get(key)?.node.id ?? []);
  const triggers = /\btrigger\b/.test(text) ? view.topology.triggers.map((trigger) => trigger.node.id) : [];
  return [...new Set([...named, ...triggers])];
}

function trailOf(view: View, placed: Known, withTools: boolean): Trail {
  const { node, type, incoming } = placed;
  return {
    key: node.key,
    type,
    config: node.config,
    from: incoming.map(({ source, sourcePort }) => ({ id: source, port: sourcePort })),
    reads: [...readsOf(view, placed), ...(withTools ? toolsOf(view, placed).map(({ tool }) => tool.node.id) : [])],
  };
}

const writes = (view: View, placed: Known): boolean =>
  placed.node.type !== 'respond' &&
  !isAgent(placed) &&
  effectOf(placed) === 'effect' &&
  (placed.type.operations === undefined || operationsOf(view, placed).some(({ fact }) => fact !== undefined && fact.risk !== 'read'));

/** V32: what came from outside acts, and nobody has looked at it. */
const tainted: Rule = (view) =>
  active(view)
    .filter((placed) => writes(view, placed))
    .flatMap((placed) => {
      const sources = reaching(trailOf(view, placed, false), (id) => {
        const found = view.topology.nodes.get(id);
        return found?.type && trailOf(view, found as Known, true);
      });
      const keys = sources.map(({ nodeKey }) => `"${nodeKey}"`).slice(0, 3).join(', ');
      return sources.length === 0 ? [] : [warning('V32', placed.node, `What came from outside at ${keys} reaches "${placed.node.key}", which changes something: put a Security node or an Approval in between`)];
    }); // prettier-ignore

const isBound = (budget: object | undefined): boolean => {
  const { tokens, cost } = (budget ?? {}) as { tokens?: unknown; cost?: unknown };
  return tokens !== undefined || cost !== undefined;
};

/** V33: where the tenant's rules demand a bound, there is one. */
const budgets: Rule = (view) => {
  // What the whole execution may spend bounds its agents too.
  if (view.facts.budgetsDemanded !== true || isBound(view.settings.budgets)) return [];
  return active(view).filter(({ node }) => node.type === 'ai_agent').flatMap(({ node }) => {
    const { budget } = node.config;
    return isFields(budget) && isBound(budget) ? [] : [error('V33', node, 'Rules of the tenant demand a budget of tokens or money for agents: give it one, or the whole workflow', { pointer: '/config/budget' })];
  });
}; // prettier-ignore

/** V29 to V33, and what of V06 concerns tools. */
export const agents: readonly Rule[] = [unfit, thinking, descriptions, reckless, tainted, budgets];
