import type { ReadContext } from '#kernel/context.ts';
import { isUuid } from '#kernel/database.ts';
import { and, eq, inArray } from '#kernel/drizzle.ts';
import type { Graph, Json } from '../graph.ts';
import { workflows } from '../tables.ts';

/** How a file names another workflow, whose id is another in every tenant. */
const PREFIX = 'workflow:';

type Asking = Pick<ReadContext, 'db' | 'tenantId'>;

function* texts(value: Json): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (value !== null && typeof value === 'object') for (const inner of Object.values(value)) yield* texts(inner);
}

function replaced(value: Json, by: (text: string) => string): Json {
  if (typeof value === 'string') return by(value);
  if (Array.isArray(value)) return value.map((one) => replaced(one, by));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, replaced(inner, by)]));
}

interface Named {
  graph: Graph;
  settings: Record<string, Json>;
}
const withTexts = ({ graph, settings }: Named, by: (text: string) => string): Named => ({
  graph: { ...graph, nodes: graph.nodes.map((node) => ({ ...node, config: replaced(node.config, by) as Record<string, Json> })) },
  settings: replaced(settings, by) as Record<string, Json>,
});
const textsOf = ({ graph, settings }: Named): string[] => [...graph.nodes.flatMap(({ config }) => [...texts(config)]), ...texts(settings)];

/** Ids of other workflows become their names, for a file. */
export async function namesForIds({ db, tenantId }: Asking, named: Named): Promise<Named> {
  const ids = [...new Set(textsOf(named).filter(isUuid))];
  if (ids.length === 0) return named;
  const rows = await db.select({ id: workflows.id, slug: workflows.slug }).from(workflows).where(and(eq(workflows.tenantId, tenantId), inArray(workflows.id, ids))); // prettier-ignore
  const slugs = new Map(rows.map(({ id, slug }) => [id, PREFIX + slug]));
  return withTexts(named, (text) => slugs.get(text) ?? text);
}

/** Names of a file become ids of this tenant; what is not here stays a name, and is told. */
export async function idsForNames({ db, tenantId }: Asking, named: Named): Promise<Named & { unknown: string[] }> {
  const slugs = [...new Set(textsOf(named).filter((text) => text.startsWith(PREFIX)).map((text) => text.slice(PREFIX.length)))]; // prettier-ignore
  if (slugs.length === 0) return { ...named, unknown: [] };
  const rows = await db.select({ id: workflows.id, slug: workflows.slug }).from(workflows).where(and(eq(workflows.tenantId, tenantId), inArray(workflows.slug, slugs))); // prettier-ignore
  const ids = new Map(rows.map(({ id, slug }) => [PREFIX + slug, id]));
  return { ...withTexts(named, (text) => ids.get(text) ?? text), unknown: slugs.filter((slug) => !ids.has(PREFIX + slug)) };
}
