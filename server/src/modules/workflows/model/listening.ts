import type { Actor, ReadContext } from '#kernel/context.ts';
import { Problem } from '#kernel/problem.ts';
import type { Graph, GraphNode, Json } from '../graph.ts';
import { Surroundings } from '../surroundings.ts';
import { matchesType } from '../triggers/events/patterns.ts';
import { failuresFrom } from '../triggers/events/severity.ts';
import { heardAs } from '../triggers/events/sight.ts';

const textsOf = (value: Json | undefined): string[] => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []);

/** Patterns of the events that start a graph by itself. */
const startedBy = ({ type, config, settings }: GraphNode): string[] => {
  if (type !== 'trigger' || settings?.disabled === true) return [];
  if (config['mode'] === 'error') return failuresFrom(config['minSeverity'] === 'warning' ? 'warning' : 'error');
  return config['mode'] === 'event' ? textsOf(config['types']) : [];
};
const awaitedBy = ({ type, config }: GraphNode): string[] =>
  type === 'wait_event' && (config['kind'] ?? 'event') === 'event' ? textsOf(config['types']) : [];

/** Patterns of all events that reach a graph, with those that its parts wait for. */
export const listenedTo = (graph: Graph, parts: readonly Graph[]): string[] => [
  ...new Set([...graph.nodes.flatMap(startedBy), ...parts.flatMap(({ nodes }) => nodes.flatMap(awaitedBy))]),
];

const isWild = (pattern: string): boolean => pattern.includes('*');

/**
 * A workflow that runs as an account hears of what that account may read, and whoever publishes it may read all of that too: listening is
 * no way to learn more. Throws `service-rights-missing`.
 */
export async function requireHearing(ctx: ReadContext, patterns: readonly string[], { name, machine }: { name: string; machine: Actor }): Promise<void> {
  const { hearing, eventTypes, isWithin } = ctx.provider(Surroundings);
  const known = eventTypes();
  const beyond: string[] = [];
  for (const pattern of patterns) {
    const found = known.filter((type) => matchesType([pattern], type));
    const types = found.length > 0 ? found : [pattern];
    for (const type of types) {
      const given = await hearing(ctx.db, machine, heardAs(type));
      if (given.length === 0 && !isWild(pattern))
        throw new Problem('service-rights-missing', `${name} may not read what "${type}" is about, so it would never be told.`, { permissions: [] });
      if (given.length > 0 && !isWithin(given, await hearing(ctx.db, ctx.actor, heardAs(type)))) beyond.push(type);
    }
  }
  if (beyond.length > 0)
    throw new Problem('service-rights-missing', `As ${name} it would hear of what you may not read, or not everywhere: ${beyond.slice(0, 10).join(', ')}.`, { permissions: [] });
} // prettier-ignore
