import type { ReadContext } from '#kernel/context.ts';
import { newId } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import { fieldErrors } from '#kernel/validate.ts';
import { Graph, type Json, type WorkflowSettings } from '../graph.ts';
import { DEFAULT_SETTINGS } from '../model/copies.ts';
import { drawn } from '../model/drawing.ts';
import { factsFor } from '../model/facts.ts';
import { settingsWith } from '../model/settings.ts';
import type { Requirements } from '../schemas.ts';
import type { WorkflowRow } from '../tables.ts';
import { missingFor } from '../templates/store.ts';
import { validateGraph, type Report } from '../validation/index.ts';
import type { ReportLine } from './convert.ts';
import { graphOf, parseFile, readFile, type About } from './document.ts';
import { fromN8n, isN8n } from './n8n.ts';
import { fromNodeRed, isNodeRed } from './node-red.ts';
import { idsForNames } from './references.ts';

export const FORMATS = ['switchyard', 'n8n', 'node-red'] as const;

/** A file as the workflow that it would be here. */
export interface ReadIn {
  format: (typeof FORMATS)[number];
  about: About;
  graph: Graph;
  settings: WorkflowSettings;
  /** Per node of a foreign file; empty for one of ours. */
  report: ReportLine[];
  missing: Requirements;
  validation: Report;
}

interface Parsed {
  format: ReadIn['format'];
  about: About;
  graph: Graph;
  settings: Record<string, Json>;
  report: ReportLine[];
}

const plain = (name: string): About => ({ name, description: null, icon: null, tags: [], folder: null });

/** What a foreign file becomes is looked at like everything that is sent: it may hold what no graph of ours does. Throws `import-invalid`. */
function fitting(read: () => Graph): Graph {
  let graph: Graph;
  try {
    graph = read();
  } catch (error) {
    throw new Problem('import-invalid', (error as Error).message);
  }
  const checked = Graph.safeParse(graph);
  if (checked.success) return checked.data;
  const errors = fieldErrors(checked.error.issues);
  throw new Problem('import-invalid', `${errors[0]!.pointer}: ${errors[0]!.message}.`, { errors });
}

function foreign(value: unknown, idOf: (key: string) => string): Parsed | undefined {
  const format = isN8n(value) ? 'n8n' : isNodeRed(value) ? 'node-red' : undefined;
  if (!format) return undefined;
  const { name, nodes, links, report } = format === 'n8n' ? fromN8n(value) : fromNodeRed(value);
  return { format, about: plain(name), graph: fitting(() => drawn(name, nodes, links, idOf)), settings: {}, report };
}

function parsed(content: string, idOf: (key: string) => string): Parsed {
  const value = readFile(content);
  const other = foreign(value, idOf);
  if (other) return other;
  const file = parseFile(value);
  const { name, description = null, icon = null, tags = [], folder = null, settings = {} } = file;
  return { format: 'switchyard', about: { name, description, icon, tags, folder }, graph: graphOf(file, idOf), settings, report: [] };
}

/** Connections get ids of their own: those of a file hang on its words, which another workflow may share. */
const withOwnLinks = ({ nodes, connections }: Graph, known: Graph | undefined): Graph => {
  const place = ({ kind, source, sourcePort, target, targetPort }: Graph['connections'][number]): string => [kind, source, sourcePort, target, targetPort].join(' ');
  const kept = new Map(known?.connections.map((one) => [place(one), one.id]));
  return { nodes, connections: connections.map((one) => ({ ...one, id: kept.get(place(one)) ?? newId() })) };
}; // prettier-ignore

/**
 * Reads a file of ours, of n8n or of Node-RED. With `into` the nodes whose keys are in that draft keep their ids, and so do their
 * addresses and past. Throws `import-invalid`.
 */
export async function readIn(ctx: ReadContext, content: string, into?: WorkflowRow): Promise<ReadIn> {
  const ids = new Map(into?.draft.nodes.map(({ key, id }) => [key, id]));
  const fresh = new Map<string, string>();
  const idOf = (key: string): string => {
    if (!ids.has(key) && !fresh.has(key)) fresh.set(key, newId());
    return ids.get(key) ?? fresh.get(key)!;
  };
  const { format, about, graph: read, settings: said, report } = parsed(content, idOf);
  const { graph, settings: own, unknown } = await idsForNames(ctx, { graph: withOwnLinks(read, into?.draft), settings: said });
  if (typeof own['errorWorkflowId'] === 'string' && unknown.some((slug) => own['errorWorkflowId'] === `workflow:${slug}`))
    delete own['errorWorkflowId'];
  const settings = asSettings(own);
  const environment = settings.environment ?? null;
  const facts = await factsFor(ctx, graph, { workflowId: into?.id ?? null, environment });
  const missing = await missingFor(ctx, graph, environment);
  return { format, about, graph, settings, report, missing, validation: validateGraph(facts, graph, settings) };
}

function asSettings(own: Record<string, Json>): WorkflowSettings {
  try {
    return settingsWith(DEFAULT_SETTINGS, own);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new Problem('import-invalid', error.message, { errors: error.extras.errors ?? [] });
  }
}
