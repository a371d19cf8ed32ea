import type { Json } from '../graph.ts';
import type { AnyNodeType, RawConfig, TaintSource } from '../nodes/declare.ts';

/** Triggers whose payload comes from whoever sends it; workflows are started with what others have read. */
const OUTSIDE_MODES: ReadonlySet<Json> = new Set(['webhook', 'event', 'chat', 'workflow', 'operation', 'error']);

/**
 * Operations that answer with nothing but what people of the tenant and its own systems have set: infrastructure, people and their rights,
 * settings. All others taint, those that are made tomorrow too: what they tell may have been written by anybody.
 */
const OWN_OPERATIONS: readonly RegExp[] = [
  /^(servers|clouds|dns|drift|simulator|egress|limits|envVars|secrets|secretTemplates|identityProviders|apiKeys|serviceAccounts)\./,
  /^(access|accessRequests|accessReviews|accessReviewPlan|grants|groups|teams|roles|permissions|permissionBoundary|members|invitations|tenants)\./,
  /^(policies|policyExemptions|calendars|changeTemplates|emergencies|securityRules|notificationChannels|notificationPreferences|reportSchedules)\./,
  /^(knowledgeCollections|nodeTypes|nodeTemplates|workflowTemplates|workflowEngine|operations)\./,
  /^ai\.(budgets|models|providers|settings|usage)\./,
  /^workflows\.(list|get|create|update|delete|duplicate|diff|validate|activate|archive|pause|publish|restore|nodes\.\w+|connections\.\w+|versions\.\w+|triggers\.list)$/,
];
/** Of an Operation, or of some of those that a pattern such as `servers.*` names. */
export const answersFromOutside = (operation: string): boolean => !OWN_OPERATIONS.some((own) => own.test(operation));

const isFields = (value: Json | undefined): value is { [key: string]: Json } => typeof value === 'object' && value !== null && !Array.isArray(value);

const TOLD: ReadonlySet<Json> = new Set(['uuid', 'date', 'date-time', 'ipv4', 'ipv6']);
const PLAIN: ReadonlySet<Json> = new Set(['integer', 'number', 'boolean', 'null']);

/** A pattern that says of every character what it may be: no wildcard, no blank, nothing that is merely left out. */
const isNarrow = (pattern: Json | undefined): boolean =>
  typeof pattern === 'string' && /^\^[^]*\$$/.test(pattern) && !/(^|[^\\])\.|\\[sSWD]|\[\^| /.test(pattern);

/** An object that has nothing but closed fields. */
function isClosedObject({ additionalProperties, patternProperties, properties = {} }: { [key: string]: Json }, depth: number): boolean {
  if (additionalProperties !== false || patternProperties !== undefined || !isFields(properties)) return false;
  return Object.values(properties).every((one) => isClosed(one, depth));
}

/** Its values stand in the schema itself. */
const isListed = (schema: { [key: string]: Json }): boolean => Array.isArray(schema['enum']) || schema['const'] !== undefined;

/** Nothing that fits it can carry free text: no instruction passes through (workflows.md 11.4). */
export function isClosed(schema: Json | undefined, depth = 0): boolean {
  if (!isFields(schema) || depth > 16) return false;
  const { type = null, format = null, pattern, items } = schema;
  if (isListed(schema)) return true;
  if (type === 'string') return isNarrow(pattern) || TOLD.has(format);
  if (type === 'array') return isClosed(items, depth + 1);
  if (type === 'object') return isClosedObject(schema, depth + 1);
  return Array.isArray(type) ? type.every((one) => PLAIN.has(one)) : PLAIN.has(type);
}

/** A security node that judged what came in, as a whole. */
function isJudged({ action, value = 'input', schema }: RawConfig): boolean {
  if (value !== 'input') return false;
  return action === 'scan_prompt' || (action === 'validate' && isClosed(schema));
}

/** What leaves by this port has been judged, by a rule or by people. */
export function clears(type: string, config: RawConfig, port: string): boolean {
  if (type === 'approval') return port === 'approved';
  return type === 'security' && port === 'pass' && isJudged(config);
}

const texts = (value: Json | undefined): string[] => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []);

/** An agent may be told something from outside by what it calls. */
const readsOutside = ({ tools }: RawConfig): boolean =>
  isFields(tools) && (texts(tools['operations']).some(answersFromOutside) || texts(tools['workflows']).length > 0);

/** What a node hands on comes from outside, whatever came in. */
export function isSource(type: AnyNodeType, config: RawConfig): boolean {
  if (type.control === 'trigger') return OUTSIDE_MODES.has(config['mode'] ?? 'manual');
  if (type.type === 'operation') return typeof config['operation'] === 'string' && answersFromOutside(config['operation']);
  return type.taints === true || type.type === 'sub_workflow' || readsOutside(config);
}

/** A place in the graph, as far as taint goes. */
export interface Trail {
  key: string;
  type: AnyNodeType;
  config: RawConfig;
  /** Whatever its settings say, this time it was handed something from outside. */
  outside?: boolean;
  /** What leads to it: source and port. */
  from: readonly { id: string; port: string }[];
  /** Nodes that its settings read, tools that it may call. */
  reads: readonly string[];
}

/** Where what a node hands on came from outside; what is not known leads nowhere. */
function sourcesOf(id: string, trails: (id: string) => Trail | undefined, seen: Set<string> = new Set()): TaintSource[] {
  const trail = trails(id);
  if (!trail || seen.has(id)) return [];
  seen.add(id);
  const own = trail.outside === true || isSource(trail.type, trail.config) ? [{ nodeKey: trail.key, kind: trail.type.type }] : [];
  return [...own, ...reaching(trail, trails, seen)];
}

/** Where what comes in at a node, and what its settings read, came from outside. */
export function reaching({ from, reads }: Trail, trails: (id: string) => Trail | undefined, seen: Set<string> = new Set()): TaintSource[] {
  const came = from.flatMap(({ id, port }) => {
    const source = trails(id);
    return source && clears(source.type.type, source.config, port) ? [] : sourcesOf(id, trails, seen);
  });
  const found = [...came, ...reads.flatMap((id) => readAt(id, trails, seen))];
  return [...new Map(found.map((one) => [one.nodeKey, one])).values()];
}

/** Settings read what a node handed on, whichever way it left: of one that judges only what has passed leaves by the first of its ports. */
function readAt(id: string, trails: (id: string) => Trail | undefined, seen: Set<string>): TaintSource[] {
  const source = trails(id);
  return source && clears(source.type.type, source.config, source.type.type === 'approval' ? 'approved' : 'pass') ? [] : sourcesOf(id, trails, seen);
}
