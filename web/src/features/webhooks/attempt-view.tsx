import { ChevronRight } from 'lucide-react';
import { useId, useState, type ReactNode } from 'react';
import { cx } from '#lib/cx.ts';
import { duration } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { Badge } from '#ui/badge.tsx';
import { CodeBlock } from '#ui/code-block.tsx';
import { Time } from '#ui/time.tsx';
import type { Attempt } from './api.ts';
import { attemptText } from './words.tsx';

/** As they stand in a message. */
export const headersText = (headers: Readonly<Record<string, string>>): string =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');

/** JSON as people read it; anything else as it is. */
export function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <section aria-label={title} className="flex min-w-0 flex-col gap-1.5">
    <h4 className="text-xs font-medium text-ink-2">{title}</h4>
    {children}
  </section>
);

/** What was sent with an attempt, and what came back. */
const Exchange = ({ request, response }: Pick<Attempt, 'request' | 'response'>) => (
  <div className="flex min-w-0 flex-col gap-3">
    <Part title={t('webhooks.attempt.request')}>
      <CodeBlock wrap label={t('webhooks.attempt.request')} code={`POST ${request.url}\n${headersText(request.headers)}`} />
    </Part>
    <Part title={t('webhooks.attempt.response')}>
      {response === null ? (
        <p className="text-ink-3">{t('webhooks.attempt.noResponse')}</p>
      ) : (
        <>
          <CodeBlock wrap label={t('webhooks.attempt.headers')} code={headersText(response.headers)} />
          {response.body ? (
            <CodeBlock wrap label={t('webhooks.attempt.body')} code={pretty(response.body)} />
          ) : (
            <p className="text-ink-3">{t('webhooks.attempt.noBody')}</p>
          )}
        </>
      )}
    </Part>
  </div>
);

/** One attempt: how it ended in one line, and the exchange behind it. */
export function AttemptView({ attempt, begin }: { attempt: Attempt; begin: boolean }) {
  const id = useId();
  const [open, setOpen] = useState(begin);
  return (
    <li className="border-t border-line first:border-t-0">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        className="flex w-full flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2 text-start hover:bg-hover -outline-offset-2"
      >
        <ChevronRight aria-hidden className={cx('size-3.5 shrink-0 text-ink-3 transition-transform', open ? 'rotate-90' : 'rtl:rotate-180')} />
        <span className="font-medium">{t('webhooks.attempt.number', { number: attempt.number })}</span>
        <Badge tone={attempt.outcome === 'delivered' ? 'good' : 'bad'}>{attemptText(attempt)}</Badge>
        <span className="text-xs text-ink-2">{duration(attempt.ms / 1_000)}</span>
        <span className="ms-auto text-xs text-ink-3">
          <Time at={attempt.at} />
        </span>
      </button>
      <div id={id} hidden={!open} className="px-3 pb-3">
        {open && <Exchange request={attempt.request} response={attempt.response} />}
      </div>
    </li>
  );
}
