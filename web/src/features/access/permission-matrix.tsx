import { useQuery } from '@tanstack/react-query';
import { ChevronsDownUp, ChevronsUpDown } from 'lucide-react';
import { useMemo, useState, type KeyboardEvent } from 'react';
import { Loaded } from '#features/account/loaded.tsx';
import type { Permission } from '#features/settings/types.ts';
import { t } from '#lib/i18n.ts';
import type { Risk } from '#lib/types.ts';
import { Button } from '#ui/button.tsx';
import { Filter, FilterToggle } from '#ui/filter.tsx';
import { SearchInput } from '#ui/search-input.tsx';
import { permissionsQuery } from './api.ts';
import { categoriesOf, difference, heldBy, passes, RISKS, switched, type MatrixFilter } from './matrix.ts';
import { PermissionCategory, type MatrixContext } from './permission-category.tsx';

const BOXES = '[role="checkbox"]:not([disabled])';
const MOVES: Record<string, number> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/** Arrow keys go from box to box, Home and End to the first and last of the section; Tab works as everywhere. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const at = event.target as HTMLElement;
  if (at.getAttribute('role') !== 'checkbox') return;
  const boxes = [...event.currentTarget.querySelectorAll<HTMLElement>(BOXES)];
  const section = at.closest('section');
  const own = section ? [...section.querySelectorAll<HTMLElement>(BOXES)] : boxes;
  const next =
    event.key === 'Home' ? own[0] : event.key === 'End' ? own.at(-1) : MOVES[event.key] ? boxes[boxes.indexOf(at) + MOVES[event.key]!] : undefined;
  if (!next) return;
  event.preventDefault();
  next.focus();
}

export interface PermissionMatrixProps {
  /** The patterns as they are stored, and as they are edited. */
  before: readonly string[];
  patterns: readonly string[];
  onChange: (patterns: string[]) => void;
  maxRisk: Risk;
  readOnly: boolean;
}

function Matrix({ permissions, before, patterns, onChange, maxRisk, readOnly }: PermissionMatrixProps & { permissions: readonly Permission[] }) {
  const [filter, setFilter] = useState<MatrixFilter>({ text: '', risk: undefined, only: undefined });
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const keys = useMemo(() => permissions.map(({ key }) => key), [permissions]);
  const held = useMemo(() => heldBy(patterns, keys), [patterns, keys]);
  const { gained, lost } = useMemo(() => difference(before, patterns, keys), [before, patterns, keys]);
  const changed = useMemo(() => new Set([...gained, ...lost]), [gained, lost]);
  const filtering = filter.text.trim() !== '' || filter.risk !== undefined || filter.only !== undefined;
  const shown = useMemo(
    () => categoriesOf(filtering ? permissions.filter((one) => passes(one, filter, held, changed)) : permissions),
    [permissions, filter, filtering, held, changed],
  );
  const whole = useMemo(() => new Map(categoriesOf(permissions).map((category) => [category.name, category.keys])), [permissions]);
  const allOpen = shown.length > 0 && shown.every(({ name }) => open.has(name));
  const context: MatrixContext = {
    held,
    changed,
    maxRisk,
    readOnly,
    onSwitch: (wanted, on) => onChange(switched(patterns, wanted, on, keys)),
  };
  const toggle = (name: string, on: boolean) =>
    setOpen((now) => {
      const next = new Set(now);
      if (on) next.add(name);
      else next.delete(name);
      return next;
    });
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <SearchInput label={t('matrix.search')} value={filter.text} onChange={(text) => setFilter((now) => ({ ...now, text }))} />
        <Filter
          label={t('matrix.risk')}
          value={filter.risk}
          onChange={(risk) => setFilter((now) => ({ ...now, risk }))}
          choices={RISKS.map((value) => ({ value, label: t(`risk.${value}`) }))}
        />
        <FilterToggle
          label={t('matrix.only.held')}
          on={filter.only === 'held'}
          onChange={(on) => setFilter((now) => ({ ...now, only: on ? 'held' : undefined }))}
        />
        {(changed.size > 0 || filter.only === 'changed') && (
          <FilterToggle
            label={t('matrix.only.changed')}
            on={filter.only === 'changed'}
            onChange={(on) => setFilter((now) => ({ ...now, only: on ? 'changed' : undefined }))}
          />
        )}
        <span className="ms-auto text-xs text-ink-2" role="status">
          {t('matrix.held', { held: held.size, all: keys.length })}
        </span>
        {!filtering && (
          <Button
            size="sm"
            variant="ghost"
            icon={allOpen ? <ChevronsDownUp aria-hidden className="size-3.5" /> : <ChevronsUpDown aria-hidden className="size-3.5" />}
            onClick={() => setOpen(allOpen ? new Set() : new Set(shown.map(({ name }) => name)))}
          >
            {t(allOpen ? 'matrix.closeAll' : 'matrix.openAll')}
          </Button>
        )}
      </div>
      {shown.length === 0 ? (
        <p className="rounded-lg border border-line bg-surface px-4 py-8 text-center text-ink-2">{t('matrix.none')}</p>
      ) : (
        // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the keys belong to the boxes inside; here they are heard once for all
        <div onKeyDown={moveFocus} className="@container flex flex-col gap-2">
          {shown.map((category) => (
            <PermissionCategory
              key={category.name}
              category={category}
              keys={whole.get(category.name) ?? category.keys}
              // What a filter found must be seen.
              open={filtering || open.has(category.name)}
              fixed={filtering}
              onOpen={(on) => toggle(category.name, on)}
              context={context}
            />
          ))}
        </div>
      )}
    </div>
  );
}

/** Which permissions a role holds: by category and resource, read, write and high risk side by side. Drawn where it is open only. */
export function PermissionMatrix(props: PermissionMatrixProps) {
  const permissions = useQuery(permissionsQuery);
  return (
    <Loaded query={permissions} lines={10}>
      {(all) => <Matrix permissions={all} {...props} />}
    </Loaded>
  );
}
