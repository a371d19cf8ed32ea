import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { ChevronRight, Pencil, Trash2 } from 'lucide-react';
import { useCallback, useState } from 'react';
import { Waiting } from '#features/review/at-work.tsx';
import { number } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { compact, type Loose } from '#lib/search.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { KeyValues } from '#ui/key-values.tsx';
import { PageFrame } from '#ui/page.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { Tabs } from '#ui/tabs.tsx';
import { Time } from '#ui/time.tsx';
import { collectionQuery } from './api.ts';
import { DeleteCollection, EditCollection } from './collection-dialogs.tsx';
import { DocumentsTab } from './documents-tab.tsx';
import { heldText } from './held.ts';
import { COLLECTION_TABS, collectionSearch, type CollectionSearch } from './search.ts';
import { TryTab } from './try-tab.tsx';
import type { Collection } from './types.ts';

const Settings = ({ collection }: { collection: Collection }) => (
  <Card title={t('knowledge.tab.settings')}>
    <KeyValues
      rows={[
        [t('knowledge.language'), t(`knowledge.language.${collection.language}`)],
        [t('knowledge.size'), t('knowledge.characters', { count: collection.passageSize, shown: number(collection.passageSize) })],
        [t('knowledge.overlap'), t('knowledge.characters', { count: collection.passageOverlap, shown: number(collection.passageOverlap) })],
        [t('knowledge.confidential'), t(collection.confidential ? 'knowledge.confidential.yes' : 'knowledge.confidential.no')],
        [
          t('memory.labels'),
          collection.accessLabels.length === 0
            ? t('memory.labels.everybody')
            : collection.accessLabels.map((label) => (
                <Badge key={label} tone="outline" className="font-mono">
                  {label}
                </Badge>
              )),
        ],
        [t('knowledge.owner'), collection.ownerName],
        [t('memory.updated'), <Time key="at" at={collection.updatedAt} />],
      ]}
    />
  </Card>
);

function CollectionView({ collection, search }: { collection: Collection; search: CollectionSearch }) {
  const navigate = useNavigate();
  const { id, name, description } = collection;
  const [act, setAct] = useState<'edit' | 'delete' | null>(null);
  const blocked = useBlocked('knowledge:write');
  const show = useCallback(
    (next: Loose<CollectionSearch>) =>
      void navigate({ to: '/knowledge/$id', params: { id }, search: (now) => compact<CollectionSearch>({ ...(now as CollectionSearch), ...next }), replace: true }),
    [navigate, id],
  ); // prettier-ignore
  const props = { collection, search, show };
  const tab = search.tab ?? 'documents';
  const content = { documents: <DocumentsTab {...props} />, try: <TryTab {...props} />, settings: <Settings collection={collection} /> };
  return (
    <PageFrame
      title={name}
      eyebrow={
        <span className="flex items-center gap-1">
          <Link to="/knowledge" className="rounded-sm hover:text-ink hover:underline">
            {t('nav.knowledge')}
          </Link>
          <ChevronRight aria-hidden className="size-3 rtl:rotate-180" />
        </span>
      }
      facts={
        <>
          <span>{heldText(collection)}</span>
          {description && <span className="basis-full">{description}</span>}
        </>
      }
      actions={
        <>
          <Button variant="danger-quiet" blocked={blocked} icon={<Trash2 aria-hidden className="size-3.5" />} onClick={() => setAct('delete')}>
            {t('knowledge.delete')}
          </Button>
          <Button blocked={blocked} icon={<Pencil aria-hidden className="size-3.5" />} onClick={() => setAct('edit')}>
            {t('knowledge.edit')}
          </Button>
        </>
      }
    >
      <Waiting targetId={id} />
      <Tabs
        label={t('knowledge.tabs')}
        value={tab}
        onChange={(next) => show({ tab: next === 'documents' ? undefined : next, open: undefined })}
        tabs={COLLECTION_TABS.map((value) => ({ value, label: t(`knowledge.tab.${value}`), content: value === tab ? content[value] : null }))}
      />
      {act === 'edit' && <EditCollection collection={collection} onClose={() => setAct(null)} />}
      {act === 'delete' && (
        <DeleteCollection collection={collection} onClose={() => setAct(null)} onGone={() => void navigate({ to: '/knowledge' })} />
      )}
    </PageFrame>
  );
}

/** One collection: its documents, a way to ask it, and how it is set up. */
export function CollectionPage({ id, search }: { id: string; search: CollectionSearch }) {
  const { data, error, refetch } = useQuery(collectionQuery(id));
  if (data) return <CollectionView collection={data} search={collectionSearch({ ...search })} />;
  if (error) return <ProblemView error={error} size="page" retry={() => void refetch()} />;
  return (
    <PageFrame title={t('nav.knowledge')}>
      <SkeletonText lines={8} />
    </PageFrame>
  );
}
