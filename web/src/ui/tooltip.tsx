import { Tooltip as Radix } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import { Key } from './key.tsx';

export interface TooltipProps {
  text: ReactNode;
  /** Shortcut shown beside the text. */
  keys?: string;
  side?: 'top' | 'right' | 'bottom' | 'left';
  children: ReactElement;
}

/** A few words on hover and focus. Never the only place of something needed. */
export const Tooltip = ({ text, keys, side = 'top', children }: TooltipProps) => (
  <Radix.Root>
    <Radix.Trigger asChild>{children}</Radix.Trigger>
    <Radix.Portal>
      <Radix.Content
        side={side}
        sideOffset={6}
        collisionPadding={8}
        className="z-50 flex max-w-72 items-center gap-2 rounded-md bg-raised px-2 py-1 text-xs text-ink shadow-float motion-safe:animate-in"
      >
        {text}
        {keys && <Key>{keys}</Key>}
      </Radix.Content>
    </Radix.Portal>
  </Radix.Root>
);
export const TooltipProvider = ({ children }: { children: ReactNode }) => (
  <Radix.Provider delayDuration={350} skipDelayDuration={150}>
    {children}
  </Radix.Provider>
);
