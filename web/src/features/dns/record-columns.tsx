import { ArrowRight, CircleAlert, Minus, Pencil, Plus, Trash2, Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from '#lib/cx.ts';
import { t } from '#lib/i18n.ts';
import { Badge } from '#ui/badge.tsx';
import type { Column } from '#ui/data-table/index.ts';
import { Tooltip } from '#ui/tooltip.tsx';
import { relativeName } from './record-name.ts';
import { shownValue } from './record-types.ts';
import type { StagedRow } from './staging.ts';

export interface RowActs {
  /** Why records cannot be changed, or null. */
  blocked: string | null;
  expanded: string | null;
  errors: Readonly<Record<string, string>>;
  moved: ReadonlySet<string>;
  onEdit: (row: StagedRow) => void;
  onDelete: (row: StagedRow) => void;
  onUndo: (row: StagedRow) => void;
}

const marks = {
  added: { tone: 'good', icon: <Plus aria-hidden />, text: 'record.staged.added' },
  changed: { tone: 'warn', icon: <Pencil aria-hidden />, text: 'record.staged.changed' },
  removed: { tone: 'bad', icon: <Minus aria-hidden />, text: 'record.staged.removed' },
} as const;

/** What is staged for the row, in words. */
export const StagedMark = ({ staged }: { staged: NonNullable<StagedRow['staged']> }) => {
  const { tone, icon, text } = marks[staged];
  return (
    <Badge tone={tone} icon={icon}>
      {t(text)}
    </Badge>
  );
};

const Act = ({ label, onClick, children, open }: { label: string; onClick: () => void; children: ReactNode; open?: boolean }) => (
  <Tooltip text={label}>
    <button
      type="button"
      aria-label={label}
      aria-expanded={open}
      onClick={onClick}
      className="grid size-7 place-items-center rounded-sm text-ink-3 hover:bg-press hover:text-ink pointer-coarse:size-10 [&_svg]:size-3.5"
    >
      {children}
    </button>
  </Tooltip>
);

/** Old and new where they differ. */
const Differs = ({ before, after, gone }: { before: ReactNode; after: ReactNode; gone: boolean }) =>
  gone ? (
    <del className="text-ink-3">{after}</del>
  ) : before === null ? (
    <>{after}</>
  ) : (
    <span className="inline-flex flex-wrap items-center gap-x-1.5">
      <del className="text-ink-3">{before}</del>
      <ArrowRight aria-hidden className="size-3 shrink-0 text-ink-3 rtl:rotate-180" />
      <ins className="font-semibold no-underline">{after}</ins>
    </span>
  );

const Value = ({ row }: { row: StagedRow }) => {
  const changed = row.before !== null && row.before.value !== row.value;
  return (
    <code className="line-clamp-2 text-xs leading-5 [overflow-wrap:anywhere]">
      <Differs
        gone={row.staged === 'removed'}
        before={changed ? shownValue(row.type, row.before!.value) : null}
        after={shownValue(row.type, row.value)}
      />
    </code>
  );
};

const Notes = ({ row, acts }: { row: StagedRow; acts: RowActs }) => (
  <>
    {acts.errors[row.id] && (
      <span className="flex items-start gap-1 text-xs text-bad">
        <CircleAlert aria-hidden className="mt-0.5 size-3 shrink-0" />
        {acts.errors[row.id]}
      </span>
    )}
    {acts.moved.has(row.id) && <span className="text-xs text-warn">{t('record.moved')}</span>}
  </>
);

const Name = ({ row, zone }: { row: StagedRow; zone: string }) => (
  <span title={row.name} className={cx('font-mono text-xs [overflow-wrap:anywhere]', row.staged === 'removed' && 'text-ink-3 line-through')}>
    {relativeName(row.name, zone)}
  </span>
);

const Acts = ({ row, acts }: { row: StagedRow; acts: RowActs }) => {
  const name = `${row.name} ${row.type}`;
  if (acts.blocked) return null;
  return (
    <span className="-my-1 flex justify-end">
      {row.staged !== null && (
        <Act label={t('record.undo', { name })} onClick={() => acts.onUndo(row)}>
          <Undo2 aria-hidden />
        </Act>
      )}
      {row.staged !== 'removed' && (
        <Act label={t('record.edit.of', { name })} open={acts.expanded === row.id} onClick={() => acts.onEdit(row)}>
          <Pencil aria-hidden />
        </Act>
      )}
      {row.staged !== 'removed' && row.staged !== 'added' && (
        <Act label={t('record.delete', { name })} onClick={() => acts.onDelete(row)}>
          <Trash2 aria-hidden />
        </Act>
      )}
    </span>
  );
};

const stagedColumn = (): Column<StagedRow> => ({
  id: 'staged',
  header: t('record.staged'),
  width: '7rem',
  fixed: true,
  cell: ({ staged, follows }) =>
    staged ? <StagedMark staged={staged} /> : follows ? <span className="text-xs text-warn">{t('record.follows')}</span> : null,
});

/** Columns of the record editor; what is staged has a column only while something is. */
export const recordColumns = (zone: string, acts: RowActs, anyStaged: boolean): Column<StagedRow>[] => [
  { id: 'name', header: t('record.name'), width: '13rem', fixed: true, cell: (row) => <Name row={row} zone={zone} />, csv: ({ name }) => name },
  {
    id: 'type',
    header: t('record.type'),
    width: '5rem',
    fixed: true,
    cell: ({ type }) => <span className="font-medium">{type}</span>,
    csv: ({ type }) => type,
  },
  {
    id: 'value',
    header: t('record.field.value'),
    fixed: true,
    cell: (row) => (
      <span className="flex min-w-0 flex-col gap-0.5">
        <Value row={row} />
        <Notes row={row} acts={acts} />
      </span>
    ),
    csv: ({ value }) => value,
  },
  {
    id: 'ttl',
    header: t('record.ttl'),
    width: '8rem',
    align: 'end',
    hideBelow: 'md',
    cell: (row) => (
      <Differs gone={row.staged === 'removed'} before={row.before !== null && row.before.ttl !== row.ttl ? row.before.ttl : null} after={row.ttl} />
    ),
    csv: ({ ttl }) => ttl,
  },
  {
    id: 'comment',
    header: t('record.comment'),
    width: '14rem',
    hideBelow: 'lg',
    cell: ({ comment }) => <span className="line-clamp-1 text-ink-2">{comment}</span>,
    csv: ({ comment }) => comment,
  },
  ...(anyStaged ? [stagedColumn()] : []),
  { id: 'acts', header: t('keys.column.actions'), width: '6.5rem', align: 'end', fixed: true, cell: (row) => <Acts row={row} acts={acts} /> },
];

/** One record on a narrow screen. */
export const RecordCompact = ({ row, zone, acts }: { row: StagedRow; zone: string; acts: RowActs }) => (
  <span className="flex flex-col gap-1 py-1">
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <span className="w-12 shrink-0 text-xs font-medium">{row.type}</span>
      <span className="min-w-0 flex-1 font-medium">
        <Name row={row} zone={zone} />
      </span>
      {row.staged && <StagedMark staged={row.staged} />}
    </span>
    <Value row={row} />
    <Notes row={row} acts={acts} />
    <span className="flex items-center justify-between gap-2 text-xs text-ink-3">
      <span>
        TTL {row.ttl}
        {row.comment && ` · ${row.comment}`}
      </span>
      <Acts row={row} acts={acts} />
    </span>
  </span>
);
