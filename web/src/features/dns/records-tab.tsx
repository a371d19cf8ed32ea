import { ListFilter, ListPlus, Plus } from 'lucide-react';
import { useCallback, useState, type ReactNode } from 'react';
import { t } from '#lib/i18n.ts';
import type { Loose } from '#lib/search.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { ExpandingTable } from '#ui/data-table/index.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { Filter } from '#ui/filter.tsx';
import { SearchInput } from '#ui/search-input.tsx';
import type { ZoneSearch } from './filters.ts';
import { RecordCompact, recordColumns } from './record-columns.tsx';
import { newDraft } from './record-draft.ts';
import { RecordEditor } from './record-editor.tsx';
import { OTHER_TYPES, TYPE_FORMS } from './record-types.ts';
import { ReviewStaged } from './review-staged.tsx';
import { StagedBar } from './staged-bar.tsx';
import type { StagedRow } from './staging.ts';
import type { Zone } from './types.ts';
import { useRecordEdits, type RecordEdits } from './use-record-edits.ts';

const TYPES = [...TYPE_FORMS.map(({ type }) => type), ...OTHER_TYPES];

export interface RecordsTabProps {
  zone: Zone;
  search: ZoneSearch;
  show: (next: Loose<ZoneSearch>) => void;
}

/** The panel of an open row. */
const RowPanel = ({ row, zone, edits }: { row: StagedRow; zone: Zone; edits: RecordEdits }) =>
  row.staged === 'removed' ? (
    <p className="p-4 text-ink-2">{t('record.removed')}</p>
  ) : (
    <RecordEditor
      isNew={false}
      zone={zone}
      start={edits.draftFor(row)}
      siblings={edits.siblings(row.id)}
      error={edits.acts.errors[row.id]}
      onStage={(record) => edits.stage(row, record)}
      onCancel={() => edits.setExpanded(null)}
    />
  );

const Empty = ({ filtered, onClear, add }: { filtered: boolean; onClear: () => void; add: ReactNode }) =>
  filtered ? (
    <EmptyState icon={ListFilter} title={t('record.none.title')} action={<Button onClick={onClear}>{t('changes.none.action')}</Button>}>
      {t('record.none.text')}
    </EmptyState>
  ) : (
    <EmptyState icon={ListPlus} title={t('record.empty.title')} action={add}>
      {t('record.empty.text')}
    </EmptyState>
  );

interface TableProps extends RecordsTabProps {
  edits: RecordEdits;
  add: ReactNode;
}
function RecordTable({ zone, search, show, edits, add }: TableProps) {
  const { acts, source } = edits;
  const find = useCallback((q: string) => show({ q: q || undefined }), [show]);
  return (
    <ExpandingTable
      name="records"
      label={t('zone.tab.records')}
      className="max-h-[max(26rem,calc(100dvh-15.5rem))]"
      columns={recordColumns(zone.name, acts, edits.any)}
      source={source}
      rowId={(row) => row.id}
      tone={(row) => (acts.errors[row.id] ? 'wrong' : (row.staged ?? undefined))}
      compact={(row) => <RecordCompact row={row} zone={zone.name} acts={acts} />}
      expanded={acts.expanded}
      onExpand={(id) => !acts.blocked && edits.setExpanded(id)}
      onToggle={(row) => !acts.blocked && row.staged !== 'added' && acts.onDelete(row)}
      panel={(row) => <RowPanel row={row} zone={zone} edits={edits} />}
      toolbar={
        <>
          {add}
          <SearchInput className="shrink-0" label={t('record.search')} value={search.q ?? ''} onChange={find} />
          <Filter
            label={t('record.type')}
            value={search.type}
            onChange={(type) => show({ type })}
            choices={TYPES.map((value) => ({ value, label: value }))}
          />
        </>
      }
      empty={
        <Empty filtered={search.q !== undefined || search.type !== undefined} onClear={() => show({ q: undefined, type: undefined })} add={add} />
      }
    />
  );
}

/** The records of a zone with what is staged for them. Edits stay in this tab until their plan has been looked at and confirmed. */
export function RecordsTab({ zone, search, show }: RecordsTabProps) {
  const edits = useRecordEdits(zone, search);
  const [adding, setAdding] = useState<{ key: string; type: string } | null>(null);
  const [reviewing, setReviewing] = useState(false);
  const begin = (type: string) => setAdding({ key: crypto.randomUUID(), type });
  const close = useCallback(() => setReviewing(false), []);
  const add = (
    <Button
      variant={edits.any ? 'secondary' : 'primary'}
      size="sm"
      icon={<Plus aria-hidden className="size-3.5" />}
      blocked={edits.acts.blocked}
      data-hotkey="n"
      onClick={() => begin(search.type ?? 'A')}
    >
      {t('record.new')}
    </Button>
  );
  return (
    <div className="flex flex-col gap-3">
      {adding && (
        <Card flush title={t('record.new')}>
          <RecordEditor
            key={adding.key}
            isNew
            zone={zone}
            start={newDraft(adding.type)}
            siblings={edits.siblings(adding.key)}
            onCancel={() => setAdding(null)}
            onStage={(record) => {
              edits.add(adding.key, record);
              // Records come in groups: the next one begins with the same type.
              begin(record.type);
            }}
          />
        </Card>
      )}
      <RecordTable zone={zone} search={search} show={show} edits={edits} add={add} />
      <StagedBar staged={edits.staged} onReview={() => setReviewing(true)} onDiscard={edits.discardAll} />
      {reviewing && (
        <ReviewStaged
          zone={zone}
          staged={edits.staged}
          onErrors={edits.setErrors}
          onDiscardOne={edits.undo}
          onSent={edits.discardAll}
          onClose={close}
        />
      )}
    </div>
  );
}
