import { SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { cx } from '#lib/cx.ts';
import { t } from '#lib/i18n.ts';
import type { Loose } from '#lib/search.ts';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { Popover } from '#ui/popover.tsx';
import { MORE, type AuditSearch } from './filters.ts';

type More = (typeof MORE)[number];
const chip = 'inline-flex h-7 items-center gap-1.5 rounded-md border px-2 text-xs pointer-coarse:h-9';

/** What is looked for less often: words of the reason, a resource, an environment, an address, a request. */
export function MoreFilters({ search, show }: { search: AuditSearch; show: (next: Loose<AuditSearch>) => void }) {
  const [open, setOpen] = useState(false);
  const [draft, setDraft] = useState<Partial<Record<More, string>>>({});
  const set = MORE.filter((name) => search[name] !== undefined).length;
  const begin = (next: boolean) => {
    setDraft(Object.fromEntries(MORE.map((name) => [name, search[name] ?? ''])));
    setOpen(next);
  };
  const apply = (values: Partial<Record<More, string>>) => {
    setOpen(false);
    show(Object.fromEntries(MORE.map((name) => [name, values[name]?.trim() || undefined])) as Loose<AuditSearch>);
  };
  return (
    <Popover
      label={t('audit.filter.more')}
      open={open}
      onOpenChange={begin}
      className="w-72"
      trigger={
        <button
          type="button"
          className={cx(chip, set > 0 ? 'border-accent/40 bg-accent-wash text-ink' : 'border-dashed border-line-control text-ink-2 hover:bg-hover')}
        >
          <SlidersHorizontal aria-hidden className="size-3" />
          {t('audit.filter.more')}
          {set > 0 && <span className="font-medium">{set}</span>}
        </button>
      }
    >
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          apply(draft);
        }}
      >
        {MORE.map((name) => (
          <Field key={name} label={t(`audit.more.${name}`)}>
            {(control) => (
              <Input
                {...control}
                maxLength={128}
                value={draft[name] ?? ''}
                onChange={(event) => setDraft({ ...draft, [name]: event.target.value })}
              />
            )}
          </Field>
        ))}
        <div className="flex justify-end gap-2">
          {set > 0 && (
            <Button size="sm" onClick={() => apply({})}>
              {t('filter.clear')}
            </Button>
          )}
          <Button type="submit" variant="primary" size="sm">
            {t('servers.filter.apply')}
          </Button>
        </div>
      </form>
    </Popover>
  );
}
