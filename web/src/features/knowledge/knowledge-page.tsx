import { Link, useNavigate } from '@tanstack/react-router';
import { BookOpen, EyeOff, Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { number } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { usePages } from '#lib/pages.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { DataTable, type Column } from '#ui/data-table/index.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { PageFrame } from '#ui/page.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { Time } from '#ui/time.tsx';
import { CreateCollection } from './collection-dialogs.tsx';
import { heldText } from './held.ts';
import type { Collection } from './types.ts';

const Name = ({ collection: { id, name, description, confidential } }: { collection: Collection }) => (
  <span className="min-w-0">
    <span className="flex flex-wrap items-center gap-x-2">
      <Link to="/knowledge/$id" params={{ id }} className="font-medium [overflow-wrap:anywhere] hover:text-accent hover:underline">
        {name}
      </Link>
      {confidential && (
        <Badge tone="warn" icon={<EyeOff aria-hidden />}>
          {t('memory.sensitivity.confidential')}
        </Badge>
      )}
    </span>
    {description && <span className="line-clamp-1 text-xs text-ink-2">{description}</span>}
  </span>
);

const columns = (): Column<Collection>[] => [
  { id: 'name', header: t('knowledge.collection'), fixed: true, cell: (collection) => <Name collection={collection} />, csv: ({ name }) => name },
  { id: 'documents', header: t('knowledge.documents'), width: '8rem', align: 'end', cell: ({ documents }) => number(documents), csv: ({ documents }) => documents },
  { id: 'passages', header: t('knowledge.passages'), width: '8rem', align: 'end', hideBelow: 'sm', cell: ({ passages }) => number(passages), csv: ({ passages }) => passages },
  { id: 'language', header: t('knowledge.language'), width: '9rem', hideBelow: 'md', cell: ({ language }) => t(`knowledge.language.${language}`), csv: ({ language }) => language },
  { id: 'owner', header: t('knowledge.owner'), width: '11rem', hideBelow: 'lg', cell: ({ ownerName }) => ownerName, csv: ({ ownerName }) => ownerName },
  { id: 'updated', header: t('memory.updated'), width: '9rem', hideBelow: 'md', cell: ({ updatedAt }) => <Time at={updatedAt} />, csv: ({ updatedAt }) => updatedAt },
]; // prettier-ignore

const Compact = ({ collection }: { collection: Collection }) => (
  <span className="flex flex-col gap-1 py-1">
    <Name collection={collection} />
    <span className="text-xs text-ink-3">{heldText(collection)}</span>
  </span>
);

/** Documents that questions are answered from, by collection. */
export function KnowledgePage() {
  const navigate = useNavigate();
  const [creating, setCreating] = useState(false);
  const blocked = useBlocked('knowledge:write');
  const open = ({ id }: Pick<Collection, 'id'>) => void navigate({ to: '/knowledge/$id', params: { id } });
  const create = (hotkey: boolean) => (
    <Button
      variant="primary"
      blocked={blocked}
      icon={<Plus aria-hidden className="size-3.5" />}
      {...(hotkey ? { 'data-hotkey': 'n' } : {})}
      onClick={() => setCreating(true)}
    >
      {t('knowledge.create')}
    </Button>
  );
  return (
    <PageFrame title={t('nav.knowledge')} facts={t('knowledge.lead')} width="fill" actions={create(true)}>
      <DataTable
        name="knowledge-collections"
        label={t('nav.knowledge')}
        className="flex-1"
        columns={useMemo(columns, [])}
        source={usePages<Collection>('/knowledge-collections')}
        rowId={({ id }) => id}
        onOpen={open}
        compact={(collection) => <Compact collection={collection} />}
        empty={
          <EmptyState icon={BookOpen} title={t('knowledge.empty')} action={create(false)}>
            {t('knowledge.empty.text')}
          </EmptyState>
        }
      />
      {creating && <CreateCollection onClose={() => setCreating(false)} onMade={open} />}
    </PageFrame>
  );
}
