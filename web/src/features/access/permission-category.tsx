import { ChevronRight, Star, TriangleAlert } from 'lucide-react';
import { useId } from 'react';
import type { Permission } from '#features/settings/types.ts';
import { cx } from '#lib/cx.ts';
import { words } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import type { Risk } from '#lib/types.ts';
import { Checkbox } from '#ui/checkbox.tsx';
import { RiskBadge } from '#ui/risk.tsx';
import { Tooltip } from '#ui/tooltip.tsx';
import { isAbove, RISKS, splitKey, triState, type Category, type ResourceRow } from './matrix.ts';

export interface MatrixContext {
  held: ReadonlySet<string>;
  changed: ReadonlySet<string>;
  maxRisk: Risk;
  readOnly: boolean;
  onSwitch: (keys: readonly string[], on: boolean) => void;
}

/** A box over several permissions: on, off, or in between. */
const Several = ({ label, keys, context }: { label: string; keys: readonly string[]; context: MatrixContext }) => (
  <Checkbox
    aria-label={label}
    disabled={context.readOnly}
    checked={triState(keys, context.held)}
    // In between becomes on: nothing is taken by a click that looks like giving.
    onCheckedChange={(on) => context.onSwitch(keys, on !== false)}
  />
);

function One({ permission, context }: { permission: Permission; context: MatrixContext }) {
  const id = useId();
  const { key, title, risk, critical, operations } = permission;
  const on = context.held.has(key);
  const above = on && isAbove(risk, context.maxRisk);
  const changed = context.changed.has(key);
  return (
    <span
      className={cx(
        'inline-flex min-h-6 items-center gap-1.5 rounded-sm px-1 pointer-coarse:min-h-9',
        changed && (on ? 'bg-good-wash' : 'bg-bad-wash line-through decoration-bad/70'),
      )}
    >
      <Checkbox
        id={id}
        aria-label={`${key}: ${title}`}
        disabled={context.readOnly}
        checked={on}
        onCheckedChange={(next) => context.onSwitch([key], next === true)}
      />
      <Tooltip
        text={
          <span className="flex flex-col gap-0.5">
            <span className="font-medium">{title}</span>
            <code className="text-ink-2">{key}</code>
            {operations.length > 0 && <span className="text-ink-3">{operations.slice(0, 8).join(', ')}</span>}
          </span>
        }
      >
        <label htmlFor={id} className="text-xs whitespace-nowrap">
          {splitKey(key).action}
        </label>
      </Tooltip>
      {critical && <Star role="img" aria-label={t('matrix.critical')} className="size-3 text-warn" />}
      {above && <TriangleAlert role="img" aria-label={t('matrix.above')} className="size-3 text-warn" />}
    </span>
  );
}

const Row = ({ row, context }: { row: ResourceRow; context: MatrixContext }) => (
  <tr className="block border-t border-line px-3 py-2 @2xl:table-row @2xl:p-0">
    <th scope="row" className="flex items-center gap-2 pb-1 text-start font-normal @2xl:table-cell @2xl:px-4 @2xl:py-1.5 @2xl:align-top">
      <span className="inline-flex min-h-6 items-center gap-2">
        <Several label={t('matrix.all.of', { name: row.resource })} keys={row.keys} context={context} />
        <span className="text-sm">{words(row.resource)}</span>
      </span>
    </th>
    {RISKS.map((risk) => (
      <td
        key={risk}
        className={cx('block py-0.5 @2xl:table-cell @2xl:px-3 @2xl:py-1.5 @2xl:align-top', row.cells[risk].length === 0 && 'hidden @2xl:table-cell')}
      >
        <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
          <span className="w-16 shrink-0 text-2xs text-ink-3 @2xl:hidden">{t(`risk.${risk}`)}</span>
          {row.cells[risk].map((permission) => (
            <One key={permission.key} permission={permission} context={context} />
          ))}
        </span>
      </td>
    ))}
  </tr>
);

export interface PermissionCategoryProps {
  /** What of it is shown. */
  category: Category;
  /** All that belongs to it, shown or not. */
  keys: readonly string[];
  open: boolean;
  /** Open because of a filter, so it cannot be closed. */
  fixed: boolean;
  onOpen: (open: boolean) => void;
  context: MatrixContext;
}
/** One category as a fold: how much of it is held, and inside every resource with its permissions by risk. */
export function PermissionCategory({ category, keys, open, fixed, onOpen, context }: PermissionCategoryProps) {
  const id = useId();
  const { held, changed } = context;
  const holding = keys.filter((key) => held.has(key)).length;
  const moved = keys.filter((key) => changed.has(key)).length;
  return (
    <section aria-labelledby={`${id}-name`} className="rounded-lg border border-line bg-surface">
      <header className="flex min-h-10 items-center gap-3 px-4">
        <Several label={t('matrix.all.of', { name: category.name })} keys={category.keys} context={context} />
        <h3 className="min-w-0 flex-1">
          <button
            type="button"
            id={`${id}-name`}
            aria-expanded={open}
            aria-controls={`${id}-table`}
            disabled={fixed}
            onClick={() => onOpen(!open)}
            className="flex min-h-10 w-full items-center gap-2 rounded-sm text-start text-sm font-semibold"
          >
            <ChevronRight aria-hidden className={cx('size-3.5 text-ink-3 transition-transform motion-reduce:transition-none', open && 'rotate-90')} />
            <span className="truncate">{category.name}</span>
          </button>
        </h3>
        {moved > 0 && <span className="rounded-full bg-accent-wash px-1.5 text-2xs text-accent">{t('matrix.moved', { count: moved })}</span>}
        <span className="text-xs whitespace-nowrap text-ink-2 tabular-nums">{t('matrix.of', { held: holding, all: keys.length })}</span>
      </header>
      {open && (
        <table id={`${id}-table`} aria-labelledby={`${id}-name`} className="block w-full @2xl:table @2xl:table-fixed">
          <thead className="hidden @2xl:table-header-group">
            <tr className="border-t border-line">
              <th scope="col" className="w-[24%] px-4 py-1.5 text-start text-xs font-medium text-ink-3">
                {t('matrix.resource')}
              </th>
              {RISKS.map((risk) => {
                const own = category.rows.flatMap(({ cells }) => cells[risk].map(({ key }) => key));
                return (
                  <th key={risk} scope="col" className="px-3 py-1.5 text-start font-normal">
                    <span className="inline-flex items-center gap-2 ps-1">
                      {own.length > 0 && (
                        <Several label={t('matrix.all.risk', { risk: t(`risk.${risk}`), name: category.name })} keys={own} context={context} />
                      )}
                      <RiskBadge risk={risk} />
                    </span>
                  </th>
                );
              })}
            </tr>
          </thead>
          <tbody className="block @2xl:table-row-group">
            {category.rows.map((row) => (
              <Row key={row.resource} row={row} context={context} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
