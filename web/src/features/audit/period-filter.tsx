import { CalendarRange, X } from 'lucide-react';
import { useState } from 'react';
import { cx } from '#lib/cx.ts';
import { currentLanguage, t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { Popover } from '#ui/popover.tsx';

interface Period {
  from: string | undefined;
  to: string | undefined;
}
const chip = 'inline-flex h-7 items-center gap-1.5 rounded-md border px-2 text-xs pointer-coarse:h-9';

/** RFC 3339 as the browser's own control wants it: local, without zone. */
const toLocal = (iso: string | undefined): string => {
  if (!iso) return '';
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
};
const fromLocal = (text: string): string | undefined => (text && Number.isFinite(Date.parse(text)) ? new Date(text).toISOString() : undefined);
const short = (iso: string): string => new Intl.DateTimeFormat(currentLanguage(), { dateStyle: 'short', timeStyle: 'short' }).format(new Date(iso));

/** A period with a beginning and an end of one's own, in the reader's zone. */
export function PeriodFilter({ from, to, onChange }: Period & { onChange: (period: Period) => void }) {
  const [open, setOpen] = useState(false);
  const [draft, setDraft] = useState({ from: '', to: '' });
  const set = from !== undefined || to !== undefined;
  const begin = (next: boolean) => {
    setDraft({ from: toLocal(from), to: toLocal(to) });
    setOpen(next);
  };
  return (
    <span className="inline-flex">
      <Popover
        label={t('audit.filter.period')}
        open={open}
        onOpenChange={begin}
        className="w-72"
        trigger={
          <button
            type="button"
            className={cx(
              chip,
              set
                ? 'rounded-e-none border-accent/40 bg-accent-wash text-ink'
                : 'border-dashed border-line-control text-ink-2 hover:bg-hover hover:text-ink',
            )}
          >
            <CalendarRange aria-hidden className="size-3" />
            {set ? `${from ? short(from) : '…'} – ${to ? short(to) : '…'}` : t('audit.filter.period')}
          </button>
        }
      >
        <form
          className="flex flex-col gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            setOpen(false);
            onChange({ from: fromLocal(draft.from), to: fromLocal(draft.to) });
          }}
        >
          <Field label={t('audit.filter.from')}>
            {(control) => (
              <Input {...control} type="datetime-local" value={draft.from} onChange={(event) => setDraft({ ...draft, from: event.target.value })} />
            )}
          </Field>
          <Field label={t('audit.filter.to')}>
            {(control) => (
              <Input {...control} type="datetime-local" value={draft.to} onChange={(event) => setDraft({ ...draft, to: event.target.value })} />
            )}
          </Field>
          <Button type="submit" variant="primary" size="sm" className="self-end">
            {t('servers.filter.apply')}
          </Button>
        </form>
      </Popover>
      {set && (
        <button
          type="button"
          aria-label={t('filter.clearOne', { label: t('audit.filter.period') })}
          onClick={() => onChange({ from: undefined, to: undefined })}
          className={cx(chip, 'rounded-s-none border-s-0 border-accent/40 bg-accent-wash px-1.5 text-ink-2 hover:text-ink')}
        >
          <X aria-hidden className="size-3" />
        </button>
      )}
    </span>
  );
}
