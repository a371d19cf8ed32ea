import { ChevronRight, SearchX } from 'lucide-react';
import { useId, useMemo, useState } from 'react';
import { cx } from '#lib/cx.ts';
import { t } from '#lib/i18n.ts';
import { Checkbox } from '#ui/checkbox.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { SearchInput } from '#ui/search-input.tsx';
import {
  countOf,
  EVERYTHING,
  found,
  groupsOf,
  groupState,
  isChosen,
  patternOf,
  toggleGroup,
  toggleType,
  type EventGroup,
  type EventType,
} from './selection.ts';

interface GroupProps {
  group: EventGroup;
  patterns: readonly string[];
  /** Shows its types: asked for, or something was searched for. */
  open: boolean;
  onOpen: () => void;
  onGroup: () => void;
  onType: (type: string) => void;
}
function Group({ group, patterns, open, onOpen, onGroup, onType }: GroupProps) {
  const id = useId();
  const { resource, types } = group;
  const chosen = countOf(patterns, [group]);
  return (
    <li className="border-t border-line first:border-t-0">
      <div className="flex items-center gap-2 px-3 py-1.5">
        <Checkbox id={`${id}-all`} checked={groupState(patterns, group)} onCheckedChange={onGroup} />
        <label htmlFor={`${id}-all`} className="min-w-0 flex-1 truncate font-mono text-xs">
          {patternOf(resource)}
        </label>
        <button
          type="button"
          aria-expanded={open}
          aria-controls={`${id}-types`}
          onClick={onOpen}
          className="inline-flex h-7 items-center gap-1 rounded-md px-1.5 text-xs text-ink-2 hover:bg-hover hover:text-ink pointer-coarse:h-10"
        >
          {t('webhooks.events.of', { chosen, count: types.length })}
          <span className="sr-only">{t('webhooks.events.show', { resource })}</span>
          <ChevronRight aria-hidden className={cx('size-3.5 transition-transform', open ? 'rotate-90' : 'rtl:rotate-180')} />
        </button>
      </div>
      <ul id={`${id}-types`} hidden={!open} className="flex flex-col pb-1.5">
        {open &&
          types.map(({ type, summary }) => (
            <li key={type} className="flex items-start gap-2 py-1 ps-9 pe-3">
              <Checkbox id={`${id}-${type}`} className="mt-0.5" checked={isChosen(patterns, type)} onCheckedChange={() => onType(type)} />
              <label htmlFor={`${id}-${type}`} className="min-w-0">
                <span className="block font-mono text-xs [overflow-wrap:anywhere]">{type}</span>
                <span className="block text-xs text-ink-3">{summary}</span>
              </label>
            </li>
          ))}
      </ul>
    </li>
  );
}

export interface WebhookEventSelectorProps {
  types: readonly EventType[];
  /** Patterns: `*`, `server.*`, `server.created`. */
  value: readonly string[];
  onChange: (patterns: string[]) => void;
  error?: string | undefined;
}
/** Which events: everything, whole resources or single types, from the catalogue that the server generates. */
export function WebhookEventSelector({ types, value, onChange, error }: WebhookEventSelectorProps) {
  const id = useId();
  const groups = useMemo(() => groupsOf(types), [types]);
  const [typed, setTyped] = useState('');
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const shown = useMemo(() => found(groups, typed), [groups, typed]);
  const all = value.includes(EVERYTHING);
  const searching = typed.trim() !== '';
  const toggleOpen = (resource: string) => setOpen(new Set(open.has(resource) ? [...open].filter((one) => one !== resource) : [...open, resource]));
  return (
    <fieldset className="flex min-w-0 flex-col gap-2" {...(error ? { 'aria-describedby': `${id}-error` } : {})}>
      <legend className="mb-1 flex w-full items-baseline justify-between gap-3 text-sm font-medium">{t('webhooks.events')}</legend>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <SearchInput className="min-w-48 flex-1" label={t('webhooks.events.search')} value={typed} onChange={setTyped} />
        <span className="flex items-center gap-2">
          <Checkbox id={`${id}-everything`} checked={all} onCheckedChange={() => onChange(all ? [] : [EVERYTHING])} />
          <label htmlFor={`${id}-everything`} className="text-sm">
            {t('webhooks.events.all')}
          </label>
        </span>
      </div>
      {shown.length === 0 ? (
        <EmptyState icon={SearchX} title={t('webhooks.events.none')}>
          {t('webhooks.events.none.text')}
        </EmptyState>
      ) : (
        <ul className="max-h-72 overflow-y-auto rounded-md border border-line bg-surface">
          {shown.map((group) => (
            <Group
              key={group.resource}
              group={group}
              patterns={value}
              open={searching || open.has(group.resource)}
              onOpen={() => toggleOpen(group.resource)}
              onGroup={() =>
                onChange(
                  toggleGroup(
                    value,
                    groups.find(({ resource }) => resource === group.resource)!,
                    groups,
                  ),
                )
              }
              onType={(type) => onChange(toggleType(value, type, groups))}
            />
          ))}
        </ul>
      )}
      <p role="status" className="text-xs text-ink-2">
        {t('webhooks.events.chosen', { count: countOf(value, groups) })} {all && t('webhooks.events.future')}
      </p>
      {error && (
        <p id={`${id}-error`} className="text-xs text-bad">
          {error}
        </p>
      )}
    </fieldset>
  );
}
