import type { Answer, Item } from '#lib/answers.ts';

export const MEMORY_TYPES = ['semantic', 'episodic', 'procedural', 'factual'] as const;
export const SENSITIVITIES = ['public', 'internal', 'confidential', 'secret'] as const;
export const IMPORTANCES = ['critical', 'high', 'medium', 'low', 'trivial'] as const;

export type Memory = Item<'memories.list'>;
/** With what it is linked to. */
export type MemoryDetail = Answer<'memories.get'>;
export type MemoryLink = MemoryDetail['links'][number];
export type MemoryVersion = Item<'memories.versions.list'>;
export type Space = Item<'memories.spaces.list'>;
/** What a search by content found, with how well it fits. */
export type MemoryHit = Answer<'memories.search'>['results'][number];
/** What a secret one says. */
export type Revealed = Answer<'memories.reveal'>;
