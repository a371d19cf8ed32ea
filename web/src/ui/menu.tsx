import { Check, ChevronRight } from 'lucide-react';
import { DropdownMenu as Radix } from 'radix-ui';
import type { ComponentProps, ReactElement, ReactNode } from 'react';
import { cx } from '#lib/cx.ts';

const item =
  'relative flex min-h-7 items-center gap-2 rounded-sm px-2 py-1 text-sm text-ink outline-none select-none data-disabled:text-ink-3 data-highlighted:bg-hover pointer-coarse:min-h-10 [&_svg]:size-3.5 [&_svg]:shrink-0 [&_svg]:text-ink-3';
const panel =
  'z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-44 overflow-y-auto rounded-lg bg-raised p-1 shadow-float motion-safe:animate-in';

export interface MenuProps {
  trigger: ReactElement;
  align?: 'start' | 'end';
  side?: 'top' | 'bottom' | 'right';
  className?: string;
  children: ReactNode;
}
/** Acts or choices behind one button. */
export const Menu = ({ trigger, align = 'start', side = 'bottom', className, children }: MenuProps) => (
  <Radix.Root>
    <Radix.Trigger asChild>{trigger}</Radix.Trigger>
    <Radix.Portal>
      <Radix.Content align={align} side={side} sideOffset={4} collisionPadding={8} className={cx(panel, className)}>
        {children}
      </Radix.Content>
    </Radix.Portal>
  </Radix.Root>
);

export interface MenuItemProps extends ComponentProps<typeof Radix.Item> {
  icon?: ReactNode;
  danger?: boolean;
  /** Why it cannot be chosen now; shown below the words. */
  blocked?: string | null | undefined;
}
export const MenuItem = ({ icon, danger, blocked, className, children, disabled, ...rest }: MenuItemProps) => (
  <Radix.Item className={cx(item, danger && 'text-bad [&_svg]:text-bad', className)} disabled={disabled || Boolean(blocked)} {...rest}>
    {icon}
    <span className="min-w-0 flex-1">
      {children}
      {blocked && <span className="block max-w-64 text-xs text-ink-3">{blocked}</span>}
    </span>
  </Radix.Item>
);
/** A way out of the application, in a tab of its own. */
export const MenuLink = ({ href, icon, children }: { href: string; icon?: ReactNode; children: ReactNode }) => (
  <Radix.Item asChild className={item}>
    <a href={href} target="_blank" rel="noreferrer">
      {icon}
      <span className="min-w-0 flex-1">{children}</span>
    </a>
  </Radix.Item>
);
export const MenuCheck = ({ className, children, ...rest }: ComponentProps<typeof Radix.CheckboxItem>) => (
  <Radix.CheckboxItem className={cx(item, 'ps-7', className)} {...rest}>
    <Radix.ItemIndicator className="absolute start-2">
      <Check aria-hidden className="text-accent!" />
    </Radix.ItemIndicator>
    {children}
  </Radix.CheckboxItem>
);

export interface MenuChoiceProps<T extends string> {
  value: T;
  onChange: (value: T) => void;
  choices: readonly { value: T; label: ReactNode }[];
}
/** One of several, inside a menu. */
export const MenuChoice = <T extends string>({ value, onChange, choices }: MenuChoiceProps<T>) => (
  <Radix.RadioGroup value={value} onValueChange={(next) => onChange(next as T)}>
    {choices.map((choice) => (
      <Radix.RadioItem key={choice.value} value={choice.value} className={cx(item, 'ps-7')}>
        <Radix.ItemIndicator className="absolute start-2">
          <Check aria-hidden className="text-accent!" />
        </Radix.ItemIndicator>
        {choice.label}
      </Radix.RadioItem>
    ))}
  </Radix.RadioGroup>
);
export const MenuSub = ({ icon, label, children }: { icon?: ReactNode; label: ReactNode; children: ReactNode }) => (
  <Radix.Sub>
    <Radix.SubTrigger className={cx(item, 'data-[state=open]:bg-hover')}>
      {icon}
      <span className="flex-1">{label}</span>
      <ChevronRight aria-hidden className="rtl:rotate-180" />
    </Radix.SubTrigger>
    <Radix.Portal>
      <Radix.SubContent sideOffset={4} collisionPadding={8} className={panel}>
        {children}
      </Radix.SubContent>
    </Radix.Portal>
  </Radix.Sub>
);
export const MenuLabel = ({ children }: { children: ReactNode }) => (
  <Radix.Label className="px-2 pt-1.5 pb-1 text-xs text-ink-3">{children}</Radix.Label>
);
export const MenuSeparator = () => <Radix.Separator className="my-1 h-px bg-line" />;
