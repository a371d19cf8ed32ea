import type { Steps } from '#kernel/gate.ts';
import type { PublishedOperations } from '#kernel/published.ts';
import { createPublished } from '#modules/workflows/triggers/operation/published.ts';
import type { Parts } from './core.ts';

const made = new WeakMap<Parts['databases'], PublishedOperations>();

/** Workflows that tenants call as Operations of their own; the same for whoever asks in this installation. Undefined where there are no workflows. */
export function publishedIn(
  { databases, registry }: Pick<Parts, 'databases' | 'registry'>,
  permit: Steps['permit'],
): PublishedOperations | undefined {
  if (!registry.modules.some(({ name }) => name === 'workflows')) return undefined;
  if (!made.has(databases)) made.set(databases, createPublished({ databases, permit }));
  return made.get(databases);
}
