import { ArrowLeft } from 'lucide-react';
import { useEffect, useRef, type FormEvent, type ReactNode } from 'react';
import { t } from '#lib/i18n.ts';
import { useDocumentTitle } from '#ui/document-title.ts';
import { Button } from '#ui/button.tsx';

export interface StepFrameProps {
  title: string;
  lead?: ReactNode;
  action: string;
  busy?: boolean;
  onSubmit: () => void;
  onBack?: (() => void) | undefined;
  onSkip?: (() => void) | undefined;
  children?: ReactNode;
}
/** One step: a heading that is read out when it comes, its fields, and the way on. */
export function StepFrame({ title, lead, action, busy, onSubmit, onBack, onSkip, children }: StepFrameProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useDocumentTitle(title);
  useEffect(() => {
    if (!heading.current?.closest('main')?.contains(document.activeElement)) heading.current?.focus();
  }, []);
  return (
    <form
      noValidate
      className="flex flex-col gap-6"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        if (!busy) onSubmit();
      }}
    >
      <header>
        <h1 ref={heading} tabIndex={-1} className="text-2xl font-semibold tracking-[-0.015em] text-balance outline-none">
          {title}
        </h1>
        {lead && <div className="mt-1.5 text-base text-pretty text-ink-2">{lead}</div>}
      </header>
      {children}
      <footer className="flex flex-wrap items-center gap-2">
        {onBack && (
          <Button size="lg" icon={<ArrowLeft aria-hidden className="size-4 rtl:rotate-180" />} onClick={onBack}>
            {t('action.back')}
          </Button>
        )}
        <span className="flex-1" />
        {onSkip && (
          <Button variant="ghost" size="lg" onClick={onSkip}>
            {t('onboarding.skip')}
          </Button>
        )}
        <Button type="submit" variant="primary" size="lg" busy={busy ?? false}>
          {action}
        </Button>
      </footer>
    </form>
  );
}
