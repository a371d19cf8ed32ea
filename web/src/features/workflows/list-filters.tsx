import { t } from '#lib/i18n.ts';
import type { Loose } from '#lib/search.ts';
import { Filter, FilterToggle } from '#ui/filter.tsx';
import { SearchInput } from '#ui/search-input.tsx';
import { stateText } from '#ui/state.tsx';
import { KINDS, type WorkflowsSearch } from './search.ts';
import { triggerText } from './trigger-words.tsx';
import { STATUSES, type WorkflowSummary } from './types.ts';

interface ListFiltersProps {
  search: WorkflowsSearch;
  rows: readonly WorkflowSummary[];
  show: (next: Loose<WorkflowsSearch>) => void;
}
const choices = (values: readonly string[]) => [...new Set(values)].sort().map((value) => ({ value, label: value }));

/** Which workflows are shown. Tags and folders offered are those in sight, and the one that is set. */
export function ListFilters({ search, rows, show }: ListFiltersProps) {
  const tags = choices([...rows.flatMap((row) => row.tags), ...(search.tag ? [search.tag] : [])]);
  const folders = choices([...rows.flatMap((row) => row.folder ?? []), ...(search.folder ? [search.folder] : [])]);
  return (
    <>
      <SearchInput label={t('workflows.search')} value={search.q ?? ''} onChange={(q) => show({ q: q || undefined })} className="shrink-0" />
      <Filter
        label={t('workflows.column.status')}
        value={search.status}
        onChange={(status) => show({ status })}
        choices={STATUSES.map((value) => ({ value, label: stateText(value) }))}
      />
      <Filter
        label={t('workflows.filter.trigger')}
        value={search.trigger}
        onChange={(trigger) => show({ trigger })}
        choices={KINDS.map((value) => ({ value, label: triggerText(value) }))}
      />
      {tags.length > 0 && <Filter label={t('workflows.filter.tag')} value={search.tag} onChange={(tag) => show({ tag })} choices={tags} />}
      {folders.length > 0 && <Filter label={t('workflows.folder')} value={search.folder} onChange={(folder) => show({ folder })} choices={folders} />}
      <FilterToggle label={t('workflows.filter.failed')} on={search.failed ?? false} onChange={(failed) => show({ failed })} />
    </>
  );
}
