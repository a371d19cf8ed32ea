import { useCallback, useMemo, useState } from 'react';
import { t } from '#lib/i18n.ts';
import { useCan } from '#lib/session.ts';
import { useRecords } from './api.ts';
import type { ZoneSearch } from './filters.ts';
import type { RowActs } from './record-columns.tsx';
import { draftOf, type RecordDraft } from './record-draft.ts';
import { useStaged } from './staging-store.ts';
import { count, discard, movedSince, NOTHING, overlay, stageCreate, stageUpdate, toggleDelete, type NewRecord, type StagedRow } from './staging.ts';
import type { Zone } from './types.ts';

const PAGE = 200;
type Wish = Omit<NewRecord, 'key'>;

/** The records of a zone with the edits that wait in this tab, and the ways to make, take back and forget edits. */
export function useRecordEdits(zone: Zone, { q, type }: ZoneSearch) {
  const [staged, change] = useStaged(zone.id);
  const source = useRecords(zone.id, { q, type, limit: PAGE });
  const [expanded, setExpanded] = useState<string | null>(null);
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const mayWrite = useCan('dns:write');
  const blocked = mayWrite ? null : t('server.blocked.permission', { permission: 'dns:write' });
  const rows = useMemo(() => overlay(source.rows, staged, zone), [source.rows, staged, zone]);
  const moved = useMemo(() => new Set(movedSince(staged, source.rows)), [staged, source.rows]);
  const undo = useCallback(
    (id: string) => {
      setErrors(({ [id]: _, ...rest }) => rest);
      change((now) => discard(now, id));
    },
    [change],
  );

  const acts: RowActs = {
    blocked,
    expanded,
    errors,
    moved,
    onEdit: (row) => setExpanded(expanded === row.id ? null : row.id),
    onDelete: (row) => change((now) => toggleDelete(now, row.before ?? row)),
    onUndo: (row) => undo(row.id),
  };
  return {
    staged,
    any: count(staged).all > 0,
    source: { ...source, rows },
    acts,
    setExpanded,
    setErrors,
    /** Keep an edit of a row; a new record stays new. */
    stage: (row: StagedRow, wish: Wish) => {
      setErrors(({ [row.id]: _, ...rest }) => rest);
      setExpanded(null);
      if (row.staged === 'added') change((now) => stageCreate(now, { ...wish, key: row.id }));
      else change((now) => stageUpdate(now, source.rows.find(({ id }) => id === row.id) ?? row, wish, crypto.randomUUID()));
    },
    add: (key: string, wish: Wish) => change((now) => stageCreate(now, { ...wish, key })),
    undo,
    discardAll: useCallback(() => {
      setErrors({});
      change(() => NOTHING);
    }, [change]),
    /** What the editor of a row begins with. */
    draftFor: (row: StagedRow): RecordDraft =>
      draftOf(row.staged === 'added' ? { ...row, ttl: staged.creates.find(({ key }) => key === row.id)?.ttl ?? null } : row, zone.name),
    /** How many other records share name and type. */
    siblings: (except: string) => (name: string, of: string) =>
      rows.filter((row) => row.id !== except && row.staged !== 'removed' && row.name === name && row.type === of).length,
  };
}
export type RecordEdits = ReturnType<typeof useRecordEdits>;
