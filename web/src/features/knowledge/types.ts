import type { Answer, Item } from '#lib/answers.ts';

export const LANGUAGES = ['simple', 'danish', 'dutch', 'english', 'finnish', 'french', 'german', 'hungarian', 'italian', 'norwegian', 'portuguese', 'romanian', 'russian', 'spanish', 'swedish', 'turkish'] as const; // prettier-ignore
export const DOCUMENT_STATES = ['waiting', 'running', 'ready', 'failed'] as const;
export const MODES = ['hybrid', 'keyword', 'semantic'] as const;

export type Collection = Item<'knowledgeCollections.list'>;
export type KnowledgeDocument = Item<'documents.list'>;
export type Chunk = Item<'documents.passages.list'>;
/** What a search found. */
export type Found = Answer<'knowledge.search'>;
export type Passage = Found['passages'][number];
