import { Tabs as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cx } from '#lib/cx.ts';

export interface Tab<T extends string> {
  value: T;
  label: ReactNode;
  /** How many there are inside; hidden when null. */
  count?: number | null;
  content: ReactNode;
}
export interface TabsProps<T extends string> {
  /** Names the row of tabs for screen readers. */
  label: string;
  value: T;
  onChange: (value: T) => void;
  tabs: readonly Tab<T>[];
  /** The open one takes the height that is left: a table that scrolls by itself. */
  fill?: boolean;
  className?: string;
}
/** Faces of one resource. Keep the value in the URL, so that a tab can be linked to. */
export const Tabs = <T extends string>({ label, value, onChange, tabs, fill, className }: TabsProps<T>) => (
  <Radix.Root value={value} onValueChange={(next) => onChange(next as T)} className={cx(fill && 'flex min-h-0 flex-1 flex-col', className)}>
    <Radix.List aria-label={label} className="flex gap-4 overflow-x-auto border-b border-line">
      {tabs.map((tab) => (
        <Radix.Trigger
          key={tab.value}
          value={tab.value}
          className={cx(
            '-mb-px flex h-9 items-center gap-1.5 border-b-2 border-transparent text-sm whitespace-nowrap text-ink-2 -outline-offset-2 hover:text-ink data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-ink pointer-coarse:h-11',
          )}
        >
          {tab.label}
          {typeof tab.count === 'number' && <span className="rounded-full bg-quiet-wash px-1.5 text-2xs text-ink-2">{tab.count}</span>}
        </Radix.Trigger>
      ))}
    </Radix.List>
    {tabs.map((tab) => (
      <Radix.Content
        key={tab.value}
        value={tab.value}
        className={cx('pt-4 outline-none focus-visible:outline-2', fill && 'min-h-0 flex-1 flex-col data-[state=active]:flex')}
      >
        {tab.content}
      </Radix.Content>
    ))}
  </Radix.Root>
);
