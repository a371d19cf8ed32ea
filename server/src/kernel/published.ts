import type { Actor } from './context.ts';
import type { Database } from './database.ts';
import type { AnyOperation } from './operation.ts';

/** Names of Operations that a tenant publishes itself begin so; no module declares one that does. */
export const PUBLISHED = 'workflows.run.';
/** Where they are called over REST, by what is left of their name. */
export const PUBLISHED_PATH = '/workflows/run/{slug}';
const PUBLISHED_TOOL = PUBLISHED.replaceAll('.', '_');

/** The Operation that a tool of this name may be, under either way of naming tools; undefined for tools of the product. */
export function publishedName(tool: string): string | undefined {
  const prefix = [PUBLISHED, PUBLISHED_TOOL].find((one) => tool.startsWith(one));
  return prefix && PUBLISHED + tool.slice(prefix.length);
}

/** Operations that tenants have published, each for itself: they pass the Gate like those of the registry, and no other tenant sees them. */
export interface PublishedOperations {
  /** Whether it was made here; the Gate lets nothing else pass that is not in the registry. */
  owns: (operation: AnyOperation) => boolean;
  /** Those of the actor's tenant that the actor may call, somewhere. */
  offered: (db: Database, actor: Actor) => Promise<AnyOperation[]>;
  find: (tenantId: string, name: string) => Promise<AnyOperation | undefined>;
  /** One that a Change names, without what a form would say of it: what it runs is looked up when it is carried out. */
  named: (name: string) => AnyOperation | undefined;
}
