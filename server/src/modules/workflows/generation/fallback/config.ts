import type { GraphNode, Json } from '../../graph.ts';
import type { Catalogue } from '../catalogue.ts';
import { clausesOf, rhythmOf } from './clauses.ts';
import { stepsFor } from './steps.ts';

type Config = Record<string, Json>;
interface Said {
  config: Config;
  explanation: string;
}

const COMPARED = /([a-z_][\w.]*(?:\[\d+\])?)\s*(==|!=|>=|<=|>|<)\s*("[^"{}]*"|\d+(?:\.\d+)?|true|false|null|[a-z_][\w.]*)/iu;

/** The configuration that words plainly give a node; what they do not say stays as it was. */
export function configOf(catalogue: Catalogue, { type, config }: GraphNode, words: string): Said {
  const rhythm = type === 'trigger' ? rhythmOf(words) : undefined;
  if (rhythm) return { config: { ...config, mode: 'schedule', type: 'cron', cron: rhythm.cron }, explanation: `It begins by the clock: ${rhythm.cron}.` };
  const compared = type === 'conditional' ? COMPARED.exec(words)?.[0] : undefined;
  if (compared !== undefined) {
    const { rules: _, ...rest } = config;
    return { config: { ...rest, expression: compared }, explanation: `It is true when ${compared}.` };
  }
  const { nodes } = stepsFor(catalogue, clausesOf(words), { start: 'start', from: 'start', taken: new Set() });
  const made = nodes.find((one) => one.type === type);
  if (!made) return { config, explanation: 'These words say nothing that could be filled in: the configuration is as it was.' };
  // Where an input comes from is not known within a graph of which only one node is looked at.
  const input = type === 'operation' ? { input: Object.fromEntries(Object.keys((made.config['input'] ?? {}) as Config).map((field) => [field, `{{ input.${field} }}`])) } : {};
  return { config: { ...config, ...made.config, ...input }, explanation: `${made.name}.` };
} // prettier-ignore
