import { z } from 'zod';
import { accessLabels, GivenMetadata, Metadata } from '#kernel/recall/fields.ts';

/** Text search configurations that PostgreSQL comes with; `simple` takes words as they stand. */
export const LANGUAGES = ['simple', 'danish', 'dutch', 'english', 'finnish', 'french', 'german', 'hungarian', 'italian', 'norwegian', 'portuguese', 'romanian', 'russian', 'spanish', 'swedish', 'turkish'] as const; // prettier-ignore
export type Language = (typeof LANGUAGES)[number];
export const MEDIA_TYPES = ['text/plain', 'text/markdown', 'text/html', 'text/csv'] as const;
export type MediaType = (typeof MEDIA_TYPES)[number];
const DOCUMENT_STATES = ['waiting', 'running', 'ready', 'failed'] as const;
export type DocumentState = (typeof DOCUMENT_STATES)[number];

/** Bytes of a document. */
export const MOST_BYTES = 5_242_880;

const name = z.string().trim().min(1).max(100).regex(/^\P{Cc}*$/u, 'No control characters').meta({ title: 'Name', examples: ['Runbooks'] }); // prettier-ignore
const line = (title: string, most: number) => z.string().trim().min(1).max(most).regex(/^\P{Cc}*$/u, 'No control characters').meta({ title }); // prettier-ignore

export const collectionFields = {
  name,
  description: z.string().trim().max(500).meta({ title: 'Description', widget: 'textarea' }),
  language: z.enum(LANGUAGES).meta({ title: 'Language', help: 'By which words are brought to their stems; documents that are there are read anew when it changes' }),
  accessLabels,
  passageSize: z.int().min(200).max(4_000).meta({ title: 'Size of passages', help: 'Characters; 200 to 4,000' }),
  passageOverlap: z.int().min(0).max(1_000).meta({ title: 'Overlap', help: 'Characters of the passage before that each begins with; at most half of its size' }),
  confidential: z.boolean().meta({ title: 'Confidential', help: 'Nothing of it is sent to an embedding model; it is searched by words alone' }),
} as const; // prettier-ignore

export const Collection = z
  .object({
    id: z.uuid(),
    name: z.string(),
    description: z.string().nullable(),
    language: z.enum(LANGUAGES),
    accessLabels: z.array(z.string()),
    passageSize: z.int(),
    passageOverlap: z.int(),
    confidential: z.boolean(),
    documents: z.int().meta({ help: 'That you may see' }),
    passages: z.int(),
    ownerId: z.string(),
    ownerName: z.string(),
    version: z.int(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'KnowledgeCollection' });

export const documentFields = {
  title: line('Title', 200).meta({ examples: ['Maintenance of edge routers'] }),
  filename: line('Name of the file', 200).meta({ help: 'Its ending says what it is: .txt, .md, .html, .csv', examples: ['edge-maintenance.md'] }),
  source: line('Source', 1_000).meta({ help: 'Where it comes from, such as an address; shown with what is quoted', examples: ['https://wiki.example.net/edge'] }),
  content: z.string().min(1).max(7_000_000).meta({ title: 'Content', secret: true, widget: 'file', examples: ['# Edge routers\n\nReload at night only.'] }),
  encoding: z.enum(['text', 'base64']).meta({ title: 'Encoding of the content' }),
  metadata: GivenMetadata.meta({ title: 'Metadata', help: 'Searches can be narrowed down by it', examples: [{ site: 'fra' }] }),
  accessLabels,
} as const; // prettier-ignore

export const Document = z
  .object({
    id: z.uuid(),
    collectionId: z.uuid(),
    title: z.string(),
    filename: z.string(),
    source: z.string().nullable(),
    mediaType: z.enum(MEDIA_TYPES),
    bytes: z.int(),
    sha256: z.string(),
    accessLabels: z.array(z.string()),
    metadata: Metadata,
    state: z.enum(DOCUMENT_STATES),
    progress: z.int().meta({ help: 'Percent' }),
    problem: z.string().nullable().meta({ help: 'Why it could not be read, or why nobody told what it means' }),
    characters: z.int(),
    passages: z.int(),
    passagesMeant: z.int().meta({ help: 'Passages that are searched by meaning too' }),
    createdBy: z.string(),
    createdByName: z.string(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'KnowledgeDocument' });

export const Chunk = z
  .object({ number: z.int(), heading: z.string().nullable(), text: z.string(), searchedByMeaning: z.boolean() })
  .meta({ id: 'KnowledgeChunk' });

/** What a search found, the best first. */
export const Passage = z
  .object({
    text: z.string(),
    heading: z.string().nullable(),
    score: z.number().meta({ help: '0 to 1' }),
    keyword: z.number().nullable().meta({ help: 'Share of the words asked for that are in it; null when it was not found by words' }),
    semantic: z.number().nullable().meta({ help: 'How alike the meanings are; null when it was not found by meaning' }),
    document: z.object({ id: z.uuid(), title: z.string() }),
    chunk: z.int().meta({ help: 'Number of the passage in its document, from 1' }),
    source: z.string().nullable(),
    metadata: Metadata.optional(),
  })
  .meta({ id: 'KnowledgePassage' });
export type Passage = z.input<typeof Passage>;
