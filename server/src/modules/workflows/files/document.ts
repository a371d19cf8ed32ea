import { parseDocument, stringify } from 'yaml';
import { z } from 'zod';
import { Problem } from '#kernel/problem.ts';
import { fieldErrors } from '#kernel/validate.ts';
import { GraphNode, Json, NodeSettings, type Connection, type Graph, type WorkflowSettings } from '../graph.ts';
import { DEFAULT_SETTINGS } from '../model/copies.ts';
import { linked, linkText, parseLink, type DrawnNode } from '../model/drawing.ts';
import { asVersion } from '../model/hash.ts';
import { workflowFields } from '../schemas.ts';

/** Names the form, so that a later one can be told from it. */
const FORM = 'workflow/1';

const FileNode = z.strictObject({
  key: GraphNode.shape.key,
  type: GraphNode.shape.type,
  typeVersion: z.int().min(1).optional(),
  name: GraphNode.shape.name,
  description: GraphNode.shape.description,
  config: GraphNode.shape.config.optional(),
  settings: NodeSettings.optional(),
  notes: GraphNode.shape.notes,
  layout: GraphNode.shape.layout,
});
const Link = z.string().max(200).refine((text) => parseLink(text) !== undefined, 'Not of the form: a -> b, a:port -> b:port'); // prettier-ignore

export const FileDocument = z.strictObject({
  switchyard: z.literal(FORM),
  name: workflowFields.name,
  description: workflowFields.description.optional(),
  icon: workflowFields.icon.optional(),
  tags: workflowFields.tags.optional(),
  folder: workflowFields.folder.optional(),
  settings: z.record(z.string(), Json).optional(),
  nodes: z.array(FileNode).max(500),
  connections: z.array(Link).max(1_000).default([]),
});
export type FileDocument = z.output<typeof FileDocument>;

/** What a file says of a workflow beside its graph. */
export interface About {
  name: string;
  description: string | null;
  icon: string | null;
  tags: readonly string[];
  folder: string | null;
}

/** Keys in order, at every depth: the database keeps none of its own, and a diff of texts must be small. */
function ordered(value: Json): Json {
  if (Array.isArray(value)) return value.map(ordered);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.keys(value).sort().map((name) => [name, ordered(value[name]!)])); // prettier-ignore
}

const isEmpty = (value: object | undefined): boolean => value === undefined || Object.keys(value).length === 0;
const said = <T extends object>(fields: T): T => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null)) as T; // prettier-ignore

const nodeOf = ({ key, type, typeVersion, name, description, config, settings, notes, layout }: GraphNode) =>
  said({
    key,
    type,
    typeVersion: typeVersion === 1 ? undefined : typeVersion,
    name,
    description,
    config: isEmpty(config) ? undefined : ordered(config),
    settings: isEmpty(settings) ? undefined : ordered(settings as Json),
    notes,
    layout: layout && ordered(layout as unknown as Json),
  });

function linksOf({ nodes, connections }: Graph): string[] {
  const keys = new Map(nodes.map(({ id, key }) => [id, key]));
  const text = (one: Connection): string => linkText({ ...one, source: keys.get(one.source)!, target: keys.get(one.target)! });
  const place = new Map(nodes.map(({ id }, at) => [id, at]));
  return connections.toSorted((a, b) => place.get(a.source)! - place.get(b.source)! || (text(a) < text(b) ? -1 : 1)).map(text);
}

/** Settings that are not the usual. */
function ownSettings(settings: WorkflowSettings): Record<string, Json> {
  const usual = DEFAULT_SETTINGS as unknown as Record<string, Json>;
  const own = Object.entries(settings as unknown as Record<string, Json>).filter(([name, value]) => JSON.stringify(ordered(value)) !== JSON.stringify(ordered(usual[name] ?? null)));
  return ordered(Object.fromEntries(own)) as Record<string, Json>;
} // prettier-ignore

/** Throws `workflow-invalid` where two nodes have one key: a file names them by it. */
function requireKeys({ nodes }: Graph): void {
  const twice = nodes.find(({ key }, at) => nodes.findIndex((other) => other.key === key) !== at);
  if (twice) throw new Problem('workflow-invalid', `Two nodes have the key "${twice.key}", by which a file would name them.`, { findings: [] });
}

/** The workflow as a file: by keys, without ids, in an order that stays. */
export function documentOf(about: About, graph: Graph, settings: WorkflowSettings): object {
  requireKeys(graph);
  const { nodes, connections } = asVersion(graph);
  const own = ownSettings(settings);
  return {
    switchyard: FORM,
    ...said({ name: about.name, description: about.description, icon: about.icon }),
    ...(about.tags.length > 0 ? { tags: about.tags } : {}),
    ...said({ folder: about.folder }),
    ...(isEmpty(own) ? {} : { settings: own }),
    nodes: nodes.map(nodeOf),
    connections: linksOf({ nodes, connections }),
  };
}

export const asYaml = (document: object): string => stringify(document, { lineWidth: 0, aliasDuplicateObjects: false });
export const asJson = (document: object): string => `${JSON.stringify(document, null, 2)}\n`;

const invalid = (detail: string, errors?: readonly { pointer: string; message: string }[]): Problem =>
  new Problem('import-invalid', detail, errors ? { errors } : {});

/** Whatever a file holds, as a value. Throws `import-invalid` with the line. */
export function readFile(content: string): unknown {
  const parsed = parseDocument(content, { strict: true, uniqueKeys: true });
  const [fault] = parsed.errors;
  if (fault) throw invalid(fault.message.split('\n')[0]!.replace(/:$/, ''));
  try {
    // Few names for one thing: a file that says little must not unfold into very much.
    return parsed.toJS({ maxAliasCount: 50 }) as unknown;
  } catch (error) {
    throw invalid((error as Error).message);
  }
}

/** A file of ours. Throws `import-invalid` with every fault. */
export function parseFile(value: unknown): FileDocument {
  const parsed = FileDocument.safeParse(value);
  if (parsed.success) return parsed.data;
  const errors = fieldErrors(parsed.error.issues);
  throw invalid(`${errors[0]!.pointer || 'The file'}: ${errors[0]!.message}.`, errors);
}

/** The graph of a file; `idOf` gives each node its id. */
export function graphOf({ name, nodes, connections }: FileDocument, idOf: (key: string) => string): Graph {
  const keys = nodes.map(({ key }) => key);
  const twice = keys.find((key, at) => keys.indexOf(key) !== at);
  if (twice) throw invalid(`Two nodes have the key "${twice}".`);
  try {
    return linked(
      name,
      nodes.map((node) => said(node) as DrawnNode),
      connections,
      idOf,
    );
  } catch (error) {
    throw invalid((error as Error).message);
  }
}
