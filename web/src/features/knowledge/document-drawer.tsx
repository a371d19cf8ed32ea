import { useQuery } from '@tanstack/react-query';
import { Pencil, RotateCw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { number } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { usePages } from '#lib/pages.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { Drawer } from '#ui/drawer.tsx';
import { KeyValues } from '#ui/key-values.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { Time } from '#ui/time.tsx';
import { documentQuery } from './api.ts';
import { DeleteDocument, ReadAnew } from './collection-dialogs.tsx';
import { DocumentState } from './document-columns.tsx';
import { EditDocument } from './document-edit.tsx';
import { bytesText } from './files.ts';
import type { Chunk, KnowledgeDocument } from './types.ts';

/** What a search can find of it, in the order of the document. */
function Passages({ document }: { document: KnowledgeDocument }) {
  const { rows, loading, error, hasMore, loadingMore, loadMore, retry } = usePages<Chunk>(`/documents/${document.id}/passages`, { limit: 20 });
  if (error) return <ProblemView error={error} retry={retry} />;
  if (loading) return <SkeletonText lines={4} />;
  if (rows.length === 0) return <p className="text-ink-2">{t('knowledge.passages.none')}</p>;
  return (
    <>
      <ol className="flex flex-col gap-3">
        {rows.map(({ number: at, heading, text }) => (
          <li key={at} className="rounded-lg border border-line p-3">
            <p className="mb-1 flex flex-wrap gap-x-2 text-xs text-ink-3">
              <span>{t('knowledge.passage.number', { number: at })}</span>
              {heading && <span className="font-medium text-ink-2">{heading}</span>}
            </p>
            <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">{text}</p>
          </li>
        ))}
      </ol>
      {hasMore && (
        <Button className="self-center" busy={loadingMore} onClick={loadMore}>
          {t('table.more', { count: rows.length, shown: rows.length })}
        </Button>
      )}
    </>
  );
}

const Source = ({ source }: { source: string }) =>
  /^https?:\/\//.test(source) ? (
    <a href={source} target="_blank" rel="noreferrer" className="text-accent [overflow-wrap:anywhere] hover:underline">
      {source}
    </a>
  ) : (
    source
  );

const Facts = ({ document }: { document: KnowledgeDocument }) => (
  <KeyValues
    rows={[
      [t('knowledge.state'), <DocumentState key="state" document={document} />],
      [t('knowledge.file'), <code key="file" className="text-xs">{document.filename}</code>],
      [t('knowledge.source'), document.source && <Source source={document.source} />],
      [t('knowledge.bytes'), bytesText(document.bytes)],
      [t('knowledge.passages'), `${number(document.passages)} (${t('knowledge.passages.meant', { count: document.passagesMeant, shown: number(document.passagesMeant) })})`],
      [t('memory.labels'), document.accessLabels.length > 0 ? document.accessLabels.map((label) => <Badge key={label} tone="outline" className="font-mono">{label}</Badge>) : null],
      [t('knowledge.added'), <span key="at">{document.createdByName}, <Time at={document.createdAt} /></span>],
    ]}
  />
); // prettier-ignore

/** Why it was not read, or not wholly. */
const Trouble = ({ document: { state, problem } }: { document: KnowledgeDocument }) =>
  problem && (
    <div role="status" className={state === 'failed' ? 'rounded-md bg-bad-wash px-3 py-2' : 'rounded-md bg-warn-wash px-3 py-2'}>
      <p className="font-medium">{t(state === 'failed' ? 'knowledge.document.failed' : 'knowledge.document.partly')}</p>
      <p className="text-ink-2 [overflow-wrap:anywhere]">{problem}</p>
    </div>
  );

type Act = 'edit' | 'again' | 'delete';
function Acts({ onAct }: { onAct: (act: Act) => void }) {
  const blocked = useBlocked('knowledge:write');
  return (
    <>
      <Button variant="danger-quiet" blocked={blocked} icon={<Trash2 aria-hidden className="size-3.5" />} onClick={() => onAct('delete')}>
        {t('knowledge.document.delete')}
      </Button>
      <Button blocked={blocked} icon={<Pencil aria-hidden className="size-3.5" />} onClick={() => onAct('edit')}>
        {t('knowledge.document.edit')}
      </Button>
      <Button blocked={blocked} icon={<RotateCw aria-hidden className="size-3.5" />} onClick={() => onAct('again')}>
        {t('knowledge.document.again')}
      </Button>
    </>
  );
}

/** One document: how far it is, where it comes from, and the passages that can be found. */
export function DocumentDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { data, error, refetch } = useQuery(documentQuery(id));
  const [act, setAct] = useState<Act | null>(null);
  return (
    <Drawer
      open
      width="lg"
      onOpenChange={(open) => !open && onClose()}
      title={data?.title ?? t('knowledge.document')}
      footer={data && <Acts onAct={setAct} />}
    >
      <div className="flex flex-col gap-5 p-5">
        {error && <ProblemView error={error} retry={() => void refetch()} />}
        {!data && !error && <SkeletonText lines={6} />}
        {data && (
          <>
            <Trouble document={data} />
            <Facts document={data} />
            <h3 className="font-semibold">{t('knowledge.passages')}</h3>
            <Passages document={data} />
          </>
        )}
      </div>
      {data && act === 'edit' && <EditDocument document={data} onClose={() => setAct(null)} />}
      {data && act === 'again' && <ReadAnew document={data} onClose={() => setAct(null)} />}
      {data && act === 'delete' && <DeleteDocument document={data} onClose={() => setAct(null)} onGone={onClose} />}
    </Drawer>
  );
}
