import { CircleCheck, CircleX, Hourglass, LoaderCircle, type LucideIcon } from 'lucide-react';
import { number } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { Badge, type Tone } from '#ui/badge.tsx';
import type { Column } from '#ui/data-table/index.ts';
import { Progress } from '#ui/progress.tsx';
import { Time } from '#ui/time.tsx';
import { bytesText } from './files.ts';
import type { KnowledgeDocument } from './types.ts';

const LOOKS: Record<KnowledgeDocument['state'], readonly [Tone, LucideIcon]> = {
  waiting: ['quiet', Hourglass],
  running: ['accent', LoaderCircle],
  ready: ['good', CircleCheck],
  failed: ['bad', CircleX],
};
/** How far a document is: icon, word and colour together, and a bar while it is being read. */
export function DocumentState({ document: { state, progress, title } }: { document: KnowledgeDocument }) {
  const [tone, Icon] = LOOKS[state];
  return (
    <span className="flex items-center gap-2">
      <Badge tone={tone} icon={<Icon aria-hidden />}>
        {t(`knowledge.state.${state}`)}
      </Badge>
      {state === 'running' && <Progress className="max-w-20" value={progress} label={t('knowledge.state.progress', { name: title })} />}
    </span>
  );
}

const Title = ({ document: { title, filename, source } }: { document: KnowledgeDocument }) => (
  <span className="min-w-0">
    <span className="font-medium [overflow-wrap:anywhere]">{title}</span>
    <span className="line-clamp-1 text-xs text-ink-3 [overflow-wrap:anywhere]">{source ?? filename}</span>
  </span>
);

export const documentColumns = (): Column<KnowledgeDocument>[] => [
  { id: 'title', header: t('knowledge.document'), fixed: true, cell: (document) => <Title document={document} />, csv: ({ title }) => title },
  { id: 'state', header: t('knowledge.state'), width: '13rem', cell: (document) => <DocumentState document={document} />, csv: ({ state }) => state },
  { id: 'passages', header: t('knowledge.passages'), width: '7rem', align: 'end', hideBelow: 'sm', cell: ({ passages }) => number(passages), csv: ({ passages }) => passages },
  { id: 'bytes', header: t('knowledge.bytes'), width: '6rem', align: 'end', hideBelow: 'md', cell: ({ bytes }) => bytesText(bytes), csv: ({ bytes }) => bytes },
  { id: 'by', header: t('knowledge.by'), width: '11rem', hideBelow: 'lg', cell: ({ createdByName }) => createdByName, csv: ({ createdByName }) => createdByName },
  { id: 'at', header: t('knowledge.added'), width: '9rem', hideBelow: 'md', cell: ({ createdAt }) => <Time at={createdAt} />, csv: ({ createdAt }) => createdAt },
]; // prettier-ignore

/** One document on a narrow screen. */
export const DocumentCompact = ({ document }: { document: KnowledgeDocument }) => (
  <span className="flex flex-col gap-1.5 py-1">
    <Title document={document} />
    <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-xs text-ink-3">
      <DocumentState document={document} />
      <span>{bytesText(document.bytes)}</span>
      <span className="ms-auto">
        <Time at={document.createdAt} short />
      </span>
    </span>
  </span>
);
