import { FileText, ListFilter } from 'lucide-react';
import { useCallback, useMemo } from 'react';
import { t } from '#lib/i18n.ts';
import type { Loose } from '#lib/search.ts';
import { Button } from '#ui/button.tsx';
import { DataTable } from '#ui/data-table/index.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { Filter } from '#ui/filter.tsx';
import { SearchInput } from '#ui/search-input.tsx';
import { useDocuments } from './api.ts';
import { DocumentCompact, documentColumns } from './document-columns.tsx';
import { DocumentDrawer } from './document-drawer.tsx';
import type { CollectionSearch } from './search.ts';
import { DOCUMENT_STATES, type Collection } from './types.ts';
import { UploadZone } from './upload-zone.tsx';

export interface TabProps {
  collection: Collection;
  search: CollectionSearch;
  show: (next: Loose<CollectionSearch>) => void;
}
/** What lies in a collection, how far each is read, and the way to more. */
export function DocumentsTab({ collection, search, show }: TabProps) {
  const source = useDocuments(collection.id, search);
  const find = useCallback((q: string) => show({ q: q || undefined }), [show]);
  return (
    <div className="flex flex-col gap-4">
      <UploadZone collectionId={collection.id} />
      <DataTable
        name="knowledge-documents"
        label={t('knowledge.documents')}
        columns={useMemo(documentColumns, [])}
        source={source}
        rowId={({ id }) => id}
        onOpen={({ id }) => show({ open: id })}
        compact={(document) => <DocumentCompact document={document} />}
        toolbar={
          <>
            <SearchInput className="shrink-0" label={t('knowledge.documents.search')} value={search.q ?? ''} onChange={find} />
            <Filter
              label={t('knowledge.state')}
              value={search.state}
              onChange={(state) => show({ state })}
              choices={DOCUMENT_STATES.map((value) => ({ value, label: t(`knowledge.state.${value}`) }))}
            />
          </>
        }
        empty={
          search.q || search.state ? (
            <EmptyState
              icon={ListFilter}
              title={t('knowledge.documents.none')}
              action={<Button onClick={() => show({ q: undefined, state: undefined })}>{t('changes.none.action')}</Button>}
            >
              {t('memory.none.text')}
            </EmptyState>
          ) : (
            <EmptyState icon={FileText} title={t('knowledge.documents.empty')}>
              {t('knowledge.documents.empty.text')}
            </EmptyState>
          )
        }
      />
      {search.open && <DocumentDrawer id={search.open} onClose={() => show({ open: undefined })} />}
    </div>
  );
}
