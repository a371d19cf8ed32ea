import { Link, useNavigate } from '@tanstack/react-router';
import { Brain, ListFilter, Plus } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import { t } from '#lib/i18n.ts';
import { usePages } from '#lib/pages.ts';
import { compact, type Loose } from '#lib/search.ts';
import { Button } from '#ui/button.tsx';
import { DataTable } from '#ui/data-table/index.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { Filter } from '#ui/filter.tsx';
import { PageFrame } from '#ui/page.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { SearchInput } from '#ui/search-input.tsx';
import { useSpaces } from './api.ts';
import { MemoryCompact, memoryColumns } from './columns.tsx';
import { ContentHits } from './content-hits.tsx';
import { CreateMemory } from './memory-dialogs.tsx';
import { listQuery, memoriesSearch, type MemoriesSearch } from './search.ts';
import { IMPORTANCES, MEMORY_TYPES, SENSITIVITIES, type Memory } from './types.ts';
import { useSpaceName } from './words.tsx';

interface FiltersProps {
  search: MemoriesSearch;
  show: (next: Loose<MemoriesSearch>) => void;
}
function Filters({ search, show }: FiltersProps) {
  const nameOf = useSpaceName();
  const spaces = [...new Set([...useSpaces().map(({ space }) => space), ...(search.space ? [search.space] : [])])];
  const find = useCallback((q: string) => show({ q: q || undefined }), [show]);
  return (
    <>
      <SearchInput className="shrink-0" label={t('memory.search')} value={search.q ?? ''} onChange={find} />
      <Filter
        label={t('memory.space')}
        value={search.space}
        onChange={(space) => show({ space })}
        choices={spaces.map((value) => ({ value, label: nameOf(value) }))}
      />
      <Filter
        label={t('memory.type')}
        value={search.type}
        onChange={(type) => show({ type })}
        choices={MEMORY_TYPES.map((value) => ({ value, label: t(`memory.type.${value}`) }))}
      />
      <Filter
        label={t('memory.sensitivity')}
        value={search.sensitivity}
        onChange={(sensitivity) => show({ sensitivity })}
        choices={SENSITIVITIES.map((value) => ({ value, label: t(`memory.sensitivity.${value}`) }))}
      />
      <Filter
        label={t('memory.importance')}
        value={search.importance}
        onChange={(importance) => show({ importance })}
        choices={IMPORTANCES.map((value) => ({ value, label: t(`memory.importance.${value}`) }))}
      />
      {search.tag && (
        <Filter label={t('memory.tags')} value={search.tag} onChange={(tag) => show({ tag })} choices={[{ value: search.tag, label: search.tag }]} />
      )}
    </>
  );
}

/** What people and workflows keep for later: by key, in spaces, some of it for a while. */
export function MemoriesPage({ search: raw }: { search: MemoriesSearch }) {
  const navigate = useNavigate();
  const search = memoriesSearch({ ...raw });
  const [creating, setCreating] = useState(false);
  const blocked = useBlocked('memory:write');
  const source = usePages<Memory>('/memories', listQuery(search));
  const show = useCallback(
    (next: Loose<MemoriesSearch>) =>
      void navigate({ to: '/memory', search: (now) => compact<MemoriesSearch>({ ...(now as MemoriesSearch), ...next }), replace: true }),
    [navigate],
  );
  const create = (hotkey: boolean) => (
    <Button
      variant="primary"
      blocked={blocked}
      icon={<Plus aria-hidden className="size-3.5" />}
      {...(hotkey ? { 'data-hotkey': 'n' } : {})}
      onClick={() => setCreating(true)}
    >
      {t('memory.create')}
    </Button>
  );
  const filtered = Object.keys(search).length > 0;
  return (
    <PageFrame title={t('nav.memory')} facts={t('memory.lead')} width="fill" actions={create(true)}>
      <ContentHits search={search} />
      <DataTable
        name="memories"
        label={t('nav.memory')}
        className="flex-1"
        columns={useMemo(memoryColumns, [])}
        source={source}
        rowId={({ id }) => id}
        onOpen={({ id }) => void navigate({ to: '/memory/$id', params: { id } })}
        compact={(memory) => <MemoryCompact memory={memory} />}
        toolbar={<Filters search={search} show={show} />}
        empty={
          filtered ? (
            <EmptyState
              icon={ListFilter}
              title={t(search.q ? 'memory.none.named' : 'memory.none')}
              action={
                <Button asChild>
                  <Link to="/memory" search={{}}>
                    {t('changes.none.action')}
                  </Link>
                </Button>
              }
            >
              {t('memory.none.text')}
            </EmptyState>
          ) : (
            <EmptyState icon={Brain} title={t('memory.empty')} action={create(false)}>
              {t('memory.empty.text')}
            </EmptyState>
          )
        }
      />
      {creating && <CreateMemory onClose={() => setCreating(false)} />}
    </PageFrame>
  );
}
