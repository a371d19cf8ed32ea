import { useQuery } from '@tanstack/react-query';
import { Boxes, Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { DataTable } from '#ui/data-table/index.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { FilterToggle } from '#ui/filter.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { SearchInput } from '#ui/search-input.tsx';
import { modelsQuery, providersQuery, settingsQuery } from './api.ts';
import { DefaultsCard } from './defaults-card.tsx';
import { ModelCompact, modelColumns } from './model-columns.tsx';
import { AddModel } from './model-dialogs.tsx';
import { ModelDrawer } from './model-drawer.tsx';
import type { Model, Provider, Settings } from './types.ts';
import { whyNot } from './why.ts';

const NOBODY: readonly Provider[] = [];
const NO_RULES: Pick<Settings, 'forbiddenKinds' | 'regions'> = { forbiddenKinds: [], regions: [] };
const fits = ({ id, label }: Model, text: string): boolean => `${id} ${label}`.toLowerCase().includes(text.toLowerCase());

/** Which models there are, what they cost, and which of them each purpose has. */
export function ModelsTab() {
  const { data, error, isPending, refetch } = useQuery(modelsQuery);
  const { data: providers = NOBODY } = useQuery(providersQuery);
  const [text, setText] = useState('');
  const [usable, setUsable] = useState(false);
  const [adding, setAdding] = useState(false);
  const [open, setOpen] = useState<string | null>(null);
  const manages = useBlocked('ai:manage');
  const blocked = manages ?? (providers.length === 0 ? t('ai.model.add.first') : null);
  const { data: rules = NO_RULES } = useQuery(settingsQuery);
  const all = useMemo(
    () => (data?.items ?? []).map((model) => ({ ...model, unavailable: whyNot(model, providers, rules) })),
    [data, providers, rules],
  );
  const rows = useMemo(() => all.filter((model) => fits(model, text) && (!usable || model.unavailable === null)), [all, text, usable]);
  const opened = all.find(({ id }) => id === open);
  const source = { rows, error, loading: isPending, hasMore: false, loadingMore: false, loadMore: () => {}, retry: () => void refetch() };
  return (
    <div className="flex flex-col gap-4">
      {data && <DefaultsCard models={data} />}
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="font-semibold">{t('ai.catalogue')}</h2>
        <Button size="sm" blocked={blocked} icon={<Plus aria-hidden className="size-3.5" />} onClick={() => setAdding(true)}>
          {t('ai.model.add')}
        </Button>
      </div>
      <DataTable
        name="ai-models"
        label={t('ai.models')}
        columns={useMemo(modelColumns, [])}
        source={source}
        rowId={({ id }) => id}
        onOpen={({ id }) => setOpen(id)}
        compact={(model) => <ModelCompact model={model} />}
        toolbar={
          <>
            <SearchInput className="shrink-0" label={t('ai.models.search')} value={text} onChange={setText} />
            <FilterToggle label={t('ai.models.usable')} on={usable} onChange={setUsable} />
          </>
        }
        empty={
          <EmptyState icon={Boxes} title={t('ai.models.none')}>
            {t('ai.models.none.text')}
          </EmptyState>
        }
      />
      {adding && <AddModel providers={providers} onClose={() => setAdding(false)} />}
      {opened && <ModelDrawer model={opened} onClose={() => setOpen(null)} />}
    </div>
  );
}
