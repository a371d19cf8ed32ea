import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { request } from '#lib/api.ts';
import { usePages, type Rows } from '#lib/pages.ts';
import type { CollectionSearch } from './search.ts';
import type { Collection, Found, KnowledgeDocument } from './types.ts';

/** Lists that an act on a collection or a document makes old. */
export const TOUCHED = ['/knowledge-collections', '/documents'];

export const collectionQuery = (id: string) =>
  queryOptions({
    queryKey: ['/knowledge-collections', 'one', id],
    queryFn: ({ signal }) => request<Collection>('GET', `/knowledge-collections/${id}`, { signal }),
  });
export const documentQuery = (id: string) =>
  queryOptions({
    queryKey: ['/documents', 'one', id],
    queryFn: ({ signal }) => request<KnowledgeDocument>('GET', `/documents/${id}`, { signal }),
  });
/** A question to a collection. Not kept: documents come and go. */
export const findQuery = (collection: string, { ask = '', mode = 'hybrid' }: Pick<CollectionSearch, 'ask' | 'mode'>) =>
  queryOptions({
    queryKey: ['/documents', 'find', collection, ask, mode],
    queryFn: ({ signal }) => request<Found>('POST', '/knowledge/search', { body: { collection, query: ask, mode, topK: 8 }, signal }),
    enabled: ask !== '',
    retry: false,
  });

const isRead = ({ state }: KnowledgeDocument): boolean => state === 'ready' || state === 'failed';
/** While a document is being read, how often to look how far it is. */
const EVERY_MS = 1_500;

/** The documents of a collection, the newest first, and how far each is read. */
export function useDocuments(collectionId: string, { q, state }: CollectionSearch): Rows<KnowledgeDocument> {
  const client = useQueryClient();
  const source = usePages<KnowledgeDocument>('/documents', { collectionId, q, state });
  const isBusy = source.rows.some((document) => !isRead(document));
  useEffect(() => {
    if (!isBusy) return;
    const timer = setInterval(() => {
      if (!document.hidden) void client.invalidateQueries({ queryKey: ['/documents'] });
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [client, isBusy]);
  return source;
}
