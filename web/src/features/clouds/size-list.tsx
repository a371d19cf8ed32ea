import { RadioGroup } from 'radix-ui';
import type { ReactNode } from 'react';
import { cx } from '#lib/cx.ts';
import { megabytes, money } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { Badge } from '#ui/badge.tsx';
import { Time } from '#ui/time.tsx';
import type { Size } from './types.ts';

export interface SizeListProps {
  label: string;
  sizes: readonly Size[];
  value: string;
  onChange: (id: string) => void;
  /** Why a size cannot be chosen, or null. */
  blocked: (size: Size) => string | null;
  /** Beside the price: what it costs more or less than now. */
  aside?: (size: Size) => ReactNode;
}

const Spec = ({ children, of }: { children: ReactNode; of: string }) => (
  <span className="whitespace-nowrap">
    {children} <span className="text-ink-3">{of}</span>
  </span>
);

/** Sizes with what they have and cost, one of them chosen. Arrow keys move. */
export const SizeList = ({ label, sizes, value, onChange, blocked, aside }: SizeListProps) => (
  <RadioGroup.Root
    aria-label={label}
    value={value}
    onValueChange={onChange}
    className="flex flex-col overflow-hidden rounded-lg border border-line bg-surface [&>button]:border-line [&>button~button]:border-t"
  >
    {sizes.map((size) => {
      const reason = blocked(size);
      return (
        <RadioGroup.Item
          key={size.id}
          value={size.id}
          disabled={reason !== null}
          className={cx(
            'grid grid-cols-[1rem_minmax(5rem,1fr)_auto] items-center gap-x-3 gap-y-0.5 px-3 py-2 text-start -outline-offset-2 sm:grid-cols-[1rem_7rem_minmax(0,1fr)_auto]',
            'enabled:not-data-[state=checked]:hover:bg-hover data-[state=checked]:bg-accent-wash',
          )}
        >
          <span aria-hidden className={cx('grid size-4 place-items-center rounded-full border', reason ? 'border-line' : 'border-line-control')}>
            <RadioGroup.Indicator className="size-2 rounded-full bg-accent-fill" />
          </span>
          <span className={cx('flex items-center gap-1.5 font-medium', reason && 'text-ink-3')}>{size.id}</span>
          <span
            className={cx(
              'col-start-2 flex flex-wrap items-center gap-x-4 max-sm:col-span-2 max-sm:text-xs sm:col-start-auto sm:grid sm:grid-cols-[4.5rem_7rem_6rem] sm:gap-x-2',
              reason && 'text-ink-3',
            )}
          >
            <Spec of={t('size.vcpu')}>{size.vcpus}</Spec>
            <Spec of={t('size.memory')}>{megabytes(size.memoryMb)}</Spec>
            <Spec of={t('size.disk')}>{size.diskGb} GB</Spec>
            {size.endsAt && (
              <span className="col-span-full">
                <Badge tone="warn">
                  {t('size.ends')} <Time at={size.endsAt} />
                </Badge>
              </span>
            )}
            {reason && <span className="col-span-full text-xs text-ink-3">{reason}</span>}
          </span>
          <span className="col-start-3 row-start-1 text-end tabular-nums sm:col-start-4">
            <span className={cx('block font-medium', reason && 'text-ink-3')}>
              {money(size.monthly)} <span className="font-normal text-ink-3">{t('size.perMonth')}</span>
            </span>
            <span className="block text-xs text-ink-3">
              {aside ? aside(size) : t('size.hourly', { price: size.hourly, currency: size.monthly.currency })}
            </span>
          </span>
        </RadioGroup.Item>
      );
    })}
  </RadioGroup.Root>
);
