import { CircleAlert } from 'lucide-react';
import { useId, type ReactNode } from 'react';

export interface GroupProps {
  label: ReactNode;
  help?: ReactNode;
  error?: string | undefined;
  aside?: ReactNode;
  children: ReactNode;
}
/** Several controls under one name. */
export function Group({ label, help, error, aside, children }: GroupProps) {
  const id = useId();
  return (
    <div role="group" aria-labelledby={id} className="flex min-w-0 flex-col gap-2">
      <div className="flex items-baseline justify-between gap-3">
        <span id={id} className="text-sm font-medium">
          {label}
        </span>
        {aside}
      </div>
      {help && <p className="-mt-1.5 text-xs text-ink-3">{help}</p>}
      {error && (
        <p className="flex items-start gap-1 text-xs text-bad">
          <CircleAlert aria-hidden className="mt-0.5 size-3 shrink-0" />
          {error}
        </p>
      )}
      {children}
    </div>
  );
}
