import { ChevronRight, Terminal } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import type { ManifestOperation } from '#lib/schema.ts';
import { CodeBlock } from '#ui/code-block.tsx';
import { cliFor, curlFor, type Remarks } from './equivalents.ts';

/** What is filled in, as a command and as a request. */
export const Equivalents = ({ operation, input, remarks }: { operation: ManifestOperation; input: Record<string, unknown>; remarks: Remarks }) => (
  <details className="group rounded-md border border-line">
    <summary className="flex h-9 list-none items-center gap-2 rounded-md px-3 text-sm text-ink-2 hover:text-ink [&::-webkit-details-marker]:hidden">
      <ChevronRight aria-hidden className="size-3.5 transition-transform group-open:rotate-90 rtl:-scale-x-100" />
      <Terminal aria-hidden className="size-3.5" />
      {t('run.equivalents')}
    </summary>
    <div className="flex flex-col gap-2 px-3 pb-3">
      <p className="text-xs text-ink-3">{t('run.cli')}</p>
      <CodeBlock wrap label={t('run.cli')} code={cliFor(operation, input, remarks)} />
      <p className="text-xs text-ink-3">{t('run.curl')}</p>
      <CodeBlock label={t('run.curl')} code={curlFor(operation, input, location.origin, remarks)} />
    </div>
  </details>
);
