import { z } from 'zod';
import { Json, NodeSettings } from '../graph.ts';

/** What a model is asked to answer, for a new graph as for edits of one: nodes by key, connections as text. */
export const ANSWER_SCHEMA: Json = {
  type: 'object',
  properties: {
    name: { type: 'string', description: 'Name of the workflow, at most 100 characters' },
    explanation: { type: 'string', description: 'What it does, in plain text, two to five sentences' },
    assumptions: { type: 'array', items: { type: 'string' } },
    questions: { type: 'array', items: { type: 'string' }, description: 'What only the person can answer' },
    nodes: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          key: { type: 'string', description: 'a-z, 0-9 and _, beginning with a letter' },
          type: { type: 'string' },
          name: { type: 'string' },
          description: { type: 'string' },
          config: { type: 'object' },
          settings: { type: 'object' },
          why: { type: 'string', description: 'Why it is there or is changed, in one sentence' },
        },
        required: ['key', 'type', 'name', 'config'],
      },
    },
    links: { type: 'array', items: { type: 'string' }, description: '`a -> b`, `a:port -> b`, `a -> loop:next`, `tool agent:tools -> node`' },
    remove: { type: 'array', items: { type: 'string' }, description: 'Keys of nodes that go' },
    unlink: { type: 'array', items: { type: 'string' }, description: 'Links that go, written as links are' },
    settings: { type: 'object', description: 'Settings of the workflow that change' },
    unbuilt: {
      type: 'array',
      items: { type: 'object', properties: { wanted: { type: 'string' }, why: { type: 'string' } }, required: ['wanted', 'why'] },
      description: 'Parts of the goal for which there is no node type and no Operation',
    },
  },
  required: ['nodes', 'links'],
};

const cut = (most: number) => z.string().transform((one) => one.slice(0, most));
const NodeSaid = z.object({
  key: z.string().min(1).max(200),
  type: z.string().min(1).max(200),
  name: cut(100).optional(),
  description: cut(2_000).nullish(),
  config: z.record(z.string(), Json).default({}),
  settings: z.unknown().optional(),
  why: cut(500).nullish(),
});
const Unbuilt = z.object({ wanted: cut(1_000), why: cut(1_000) });

export interface SaidNode {
  key: string;
  type: string;
  name: string;
  description?: string;
  config: Record<string, Json>;
  settings?: NodeSettings;
  why: string | undefined;
}

/** An answer as far as it could be read, with what could not. */
export interface Said {
  name: string | undefined;
  explanation: string;
  assumptions: string[];
  questions: string[];
  nodes: SaidNode[];
  links: string[];
  remove: string[];
  unlink: string[];
  settings: Record<string, Json>;
  unbuilt: z.output<typeof Unbuilt>[];
  /** In words for whoever answered. */
  faults: string[];
}

/** Text of a model is shown as text: control characters are of no use in it. */
// oxlint-disable-next-line no-control-regex -- they are what is taken out
export const plain = (text: string): string => text.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, ' ').trim();

const MOST = 50;
type Fields = Readonly<Record<string, unknown>>;
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const textsOf = (value: unknown, most = 1_000): string[] =>
  listOf(value).filter((one): one is string => typeof one === 'string').slice(0, MOST).map((one) => plain(one).slice(0, most)).filter((one) => one !== ''); // prettier-ignore

function nodeOf(value: unknown, at: number, faults: string[]): SaidNode[] {
  const read = NodeSaid.safeParse(value);
  if (!read.success) {
    faults.push(`nodes[${at}]: ${read.error.issues[0]!.path.join('.')} ${read.error.issues[0]!.message}`);
    return [];
  }
  const { key, type, name, description, config, settings, why } = read.data;
  const fit = NodeSettings.omit({ pinnedOutput: true }).safeParse(settings ?? {});
  if (!fit.success) faults.push(`settings of "${key}": ${fit.error.issues[0]!.path.join('.')} ${fit.error.issues[0]!.message}`);
  return [
    {
      key,
      type,
      name: plain(name ?? key).slice(0, 100) || type,
      ...(description ? { description: plain(description) } : {}),
      config,
      ...(fit.success && settings !== undefined && Object.keys(fit.data).length > 0 ? { settings: fit.data } : {}),
      why: why ? plain(why) : undefined,
    },
  ];
}

function linksOf(value: unknown, faults: string[]): string[] {
  return listOf(value).slice(0, 1_000).flatMap((one, at) => {
    if (typeof one === 'string') return [one.slice(0, 200)];
    faults.push(`links[${at}] is no text`);
    return [];
  });
} // prettier-ignore

/** Reads what a model answered, part by part: one that is not as it should be is left out and told, the others are kept. */
export function readAnswer(json: unknown): Said {
  const fields: Fields = typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as Fields) : {};
  const faults: string[] = [];
  if (!Array.isArray(fields['nodes'])) faults.push('There is no list `nodes`');
  const settings = z.record(z.string(), Json).safeParse(fields['settings'] ?? {});
  const said = (name: string, most: number): string => (typeof fields[name] === 'string' ? plain(fields[name]).slice(0, most) : '');
  return {
    name: said('name', 100) || undefined,
    explanation: said('explanation', 4_000),
    assumptions: textsOf(fields['assumptions']),
    questions: textsOf(fields['questions']),
    nodes: listOf(fields['nodes']).slice(0, 500).flatMap((one, at) => nodeOf(one, at, faults)),
    links: linksOf(fields['links'], faults),
    remove: textsOf(fields['remove'], 60),
    unlink: textsOf(fields['unlink'], 200),
    settings: settings.success ? settings.data : {},
    unbuilt: listOf(fields['unbuilt']).slice(0, MOST).flatMap((one) => Unbuilt.safeParse(one).data ?? []),
    faults,
  };
} // prettier-ignore

/** The object in a text: models like to put a fence or a sentence around it. */
export function jsonIn(text: string): unknown {
  const from = text.indexOf('{');
  const to = text.lastIndexOf('}');
  if (from < 0 || to < from) return undefined;
  try {
    return JSON.parse(text.slice(from, to + 1)) as unknown;
  } catch {
    return undefined;
  }
}
