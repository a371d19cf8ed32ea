import { defineModule } from '#kernel/module.ts';
import { documentsCreate } from './operations/documents.create.ts';
import { documentsDelete } from './operations/documents.delete.ts';
import { documentsGet } from './operations/documents.get.ts';
import { documentsIngest } from './operations/documents.ingest.ts';
import { documentsList } from './operations/documents.list.ts';
import { documentsPassagesList } from './operations/documents.passages.list.ts';
import { documentsUpdate } from './operations/documents.update.ts';
import { knowledgeCollectionsCreate } from './operations/knowledgeCollections.create.ts';
import { knowledgeCollectionsDelete } from './operations/knowledgeCollections.delete.ts';
import { knowledgeCollectionsGet } from './operations/knowledgeCollections.get.ts';
import { knowledgeCollectionsList } from './operations/knowledgeCollections.list.ts';
import { knowledgeCollectionsUpdate } from './operations/knowledgeCollections.update.ts';
import { knowledgeSearch } from './operations/knowledge.search.ts';
import { askForMeanings } from './ingest/tell.ts';
import './problems.ts';

export { knowledgeCollectionsGet, knowledgeSearch };

/** Documents that questions are answered from, with quotes. */
export const knowledge = defineModule({
  name: 'knowledge',
  migrations: new URL('./migrations/', import.meta.url),
  operations: [
    knowledgeSearch, knowledgeCollectionsList, knowledgeCollectionsGet, knowledgeCollectionsCreate, knowledgeCollectionsUpdate, knowledgeCollectionsDelete,
    documentsList, documentsGet, documentsCreate, documentsUpdate, documentsIngest, documentsDelete, documentsPassagesList,
  ], // prettier-ignore
  events: {
    'knowledgeCollection.created': 'A collection of knowledge was made',
    'knowledgeCollection.updated': 'A collection of knowledge was changed',
    'knowledgeCollection.deleted': 'A collection of knowledge was deleted with its documents',
    'document.added': 'A document was added to a collection, and is going to be read',
    'document.ready': 'A document was read and can be found',
    'document.failed': 'A document could not be read',
    'document.deleted': 'A document of knowledge was deleted',
  },
  schedules: [{ name: 'documents-meaning', cron: '47 * * * *', perTenant: askForMeanings }],
});
