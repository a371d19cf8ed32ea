import { ListFilter, ListPlus, Plus } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import { t } from '#lib/i18n.ts';
import type { Loose } from '#lib/search.ts';
import { useCan } from '#lib/session.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { ExpandingTable } from '#ui/data-table/index.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { Filter } from '#ui/filter.tsx';
import { SearchInput } from '#ui/search-input.tsx';
import { useRecords } from './api.ts';
import type { ZoneSearch } from './filters.ts';
import { RecordCompact, recordColumns, type RowActs } from './record-columns.tsx';
import { draftOf, newDraft } from './record-draft.ts';
import { RecordEditor } from './record-editor.tsx';
import { OTHER_TYPES, TYPE_FORMS } from './record-types.ts';
import { ReviewStaged } from './review-staged.tsx';
import { StagedBar } from './staged-bar.tsx';
import { useStaged } from './staging-store.ts';
import { count, discard, movedSince, NOTHING, overlay, stageCreate, stageUpdate, toggleDelete, type NewRecord, type StagedRow } from './staging.ts';
import type { Zone } from './types.ts';

const TYPES = [...TYPE_FORMS.map(({ type }) => type), ...OTHER_TYPES];
const PAGE = 200;

export interface RecordsTabProps {
  zone: Zone;
  search: ZoneSearch;
  show: (next: Loose<ZoneSearch>) => void;
}

/** The records of a zone with what is staged for them. Edits stay in this tab until their plan has been looked at and confirmed. */
export function RecordsTab({ zone, search, show }: RecordsTabProps) {
  const [staged, change] = useStaged(zone.id);
  const source = useRecords(zone.id, { q: search.q, type: search.type, limit: PAGE });
  const [adding, setAdding] = useState<{ key: string; type: string } | null>(null);
  const [expanded, setExpanded] = useState<string | null>(null);
  const [reviewing, setReviewing] = useState(false);
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const mayWrite = useCan('dns:write');
  const blocked = mayWrite ? null : t('server.blocked.permission', { permission: 'dns:write' });

  const rows = useMemo(() => overlay(source.rows, staged, zone), [source.rows, staged, zone]);
  const moved = useMemo(() => new Set(movedSince(staged, source.rows)), [staged, source.rows]);
  const siblings = (except: string) => (name: string, type: string) =>
    rows.filter((row) => row.id !== except && row.staged !== 'removed' && row.name === name && row.type === type).length;
  const find = useCallback((q: string) => show({ q: q || undefined }), [show]);
  const forget = (id: string) => setErrors(({ [id]: _, ...rest }) => rest);

  const acts: RowActs = {
    blocked,
    expanded,
    errors,
    moved,
    onEdit: (row) => setExpanded(expanded === row.id ? null : row.id),
    onDelete: (row) => change((now) => toggleDelete(now, row.before ?? row)),
    onUndo: (row) => {
      forget(row.id);
      change((now) => discard(now, row.id));
    },
  };
  const stage = (row: StagedRow) => (record: Omit<NewRecord, 'key'>) => {
    forget(row.id);
    setExpanded(null);
    if (row.staged === 'added') change((now) => stageCreate(now, { ...record, key: row.id }));
    else change((now) => stageUpdate(now, source.rows.find(({ id }) => id === row.id) ?? row, record, crypto.randomUUID()));
  };
  const draftFor = (row: StagedRow) =>
    draftOf(row.staged === 'added' ? { ...row, ttl: staged.creates.find(({ key }) => key === row.id)?.ttl ?? null } : row, zone.name);
  const begin = (type: string) => setAdding({ key: crypto.randomUUID(), type });
  const add = (
    <Button
      variant={count(staged).all > 0 ? 'secondary' : 'primary'}
      size="sm"
      icon={<Plus aria-hidden className="size-3.5" />}
      blocked={blocked}
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
            siblings={siblings(adding.key)}
            onCancel={() => setAdding(null)}
            onStage={(record) => {
              change((now) => stageCreate(now, { ...record, key: adding.key }));
              // Records come in groups: the next one begins with the same type.
              begin(record.type);
            }}
          />
        </Card>
      )}
      <ExpandingTable
        name="records"
        label={t('zone.tab.records')}
        className="max-h-[max(26rem,calc(100dvh-15.5rem))]"
        columns={recordColumns(zone.name, acts, count(staged).all > 0)}
        source={{ ...source, rows }}
        rowId={(row) => row.id}
        tone={(row) => (errors[row.id] ? 'wrong' : (row.staged ?? undefined))}
        compact={(row) => <RecordCompact row={row} zone={zone.name} acts={acts} />}
        expanded={expanded}
        onExpand={(id) => !blocked && setExpanded(id)}
        onToggle={(row) => !blocked && row.staged !== 'added' && acts.onDelete(row)}
        panel={(row) =>
          row.staged === 'removed' ? (
            <p className="p-4 text-ink-2">{t('record.removed')}</p>
          ) : (
            <RecordEditor
              isNew={false}
              zone={zone}
              start={draftFor(row)}
              siblings={siblings(row.id)}
              error={errors[row.id]}
              onStage={stage(row)}
              onCancel={() => setExpanded(null)}
            />
          )
        }
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
          search.q || search.type ? (
            <EmptyState
              icon={ListFilter}
              title={t('record.none.title')}
              action={<Button onClick={() => show({ q: undefined, type: undefined })}>{t('changes.none.action')}</Button>}
            >
              {t('record.none.text')}
            </EmptyState>
          ) : (
            <EmptyState icon={ListPlus} title={t('record.empty.title')} action={add}>
              {t('record.empty.text')}
            </EmptyState>
          )
        }
      />
      <StagedBar staged={staged} onReview={() => setReviewing(true)} onDiscard={() => change(() => NOTHING)} />
      {reviewing && (
        <ReviewStaged
          zone={zone}
          staged={staged}
          onErrors={setErrors}
          onDiscardOne={(id) => change((now) => discard(now, id))}
          onSent={() => {
            setErrors({});
            change(() => NOTHING);
          }}
          onClose={() => setReviewing(false)}
        />
      )}
    </div>
  );
}
