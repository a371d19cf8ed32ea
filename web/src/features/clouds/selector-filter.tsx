import { Tag, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { cx } from '#lib/cx.ts';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { Popover } from '#ui/popover.tsx';

const chip = 'inline-flex h-7 max-w-64 items-center gap-1.5 rounded-md border px-2 text-xs pointer-coarse:h-9';

/** The label selector as a chip beside the other filters. */
export function SelectorFilter({ value, onChange }: { value: string | undefined; onChange: (value: string | undefined) => void }) {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState(value ?? '');
  useEffect(() => setText(value ?? ''), [value]);
  const apply = () => {
    setOpen(false);
    onChange(text.trim() || undefined);
  };
  return (
    <span className="inline-flex max-w-full">
      <Popover
        label={t('servers.filter.labels')}
        open={open}
        onOpenChange={(next) => {
          setText(value ?? '');
          setOpen(next);
        }}
        className="w-80"
        trigger={
          <button
            type="button"
            className={cx(
              chip,
              value
                ? 'rounded-e-none border-accent/40 bg-accent-wash text-ink'
                : 'border-dashed border-line-control text-ink-2 hover:bg-hover hover:text-ink',
            )}
          >
            {!value && <Tag aria-hidden className="size-3" />}
            <span className={value && 'text-ink-2'}>{t('servers.filter.labels')}</span>
            {value && <code className="truncate">{value}</code>}
          </button>
        }
      >
        <form
          className="flex flex-col gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            apply();
          }}
        >
          <Field label={t('servers.filter.selector')} help={t('servers.filter.selector.help')}>
            {(control) => (
              <Input
                {...control}
                mono
                autoFocus
                spellCheck={false}
                placeholder="role=web,tier!=db"
                value={text}
                onChange={(event) => setText(event.target.value)}
              />
            )}
          </Field>
          <Button type="submit" variant="primary" size="sm" className="self-end">
            {t('servers.filter.apply')}
          </Button>
        </form>
      </Popover>
      {value && (
        <button
          type="button"
          aria-label={t('filter.clearOne', { label: t('servers.filter.labels') })}
          onClick={() => onChange(undefined)}
          className={cx(chip, 'rounded-s-none border-s-0 border-accent/40 bg-accent-wash px-1.5 text-ink-2 hover:text-ink')}
        >
          <X aria-hidden className="size-3" />
        </button>
      )}
    </span>
  );
}
