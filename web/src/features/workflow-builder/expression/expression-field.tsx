import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { t } from '#lib/i18n.ts';
import { toProblem } from '#lib/problem.ts';
import type { FieldControl } from '#ui/field.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { preview, type Previewed } from '../api.ts';
import { useScope } from '../panel/scope.ts';
import { openExpression } from './suggest.ts';

export const LazyCode = lazy(() => import('./code-field.tsx').then(({ CodeField }) => ({ default: CodeField })));

const QUIET_MS = 350;
type Shown = Previewed | { error: string } | null;

/** What comes out with the data of the last run and of pinned outputs, as one types. */
function usePreview(source: string, mode: 'expr' | 'tpl', node: string): Shown {
  const [shown, setShown] = useState<Shown>(null);
  const scope = useScope(node);
  const asks = mode === 'expr' ? source.trim() !== '' : source.includes('{{');
  useEffect(() => {
    if (!asks) return setShown(null);
    const abort = new AbortController();
    const timer = setTimeout(() => {
      preview({ source, mode, scope: scope.data }, abort.signal).then(setShown, (error: unknown) => {
        if (!abort.signal.aborted) setShown({ error: toProblem(error).message });
      });
    }, QUIET_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [asks, source, mode, scope]);
  return asks ? shown : null;
}

const MOST_CHARACTERS = 400;
function Outcome({ shown }: { shown: Shown }) {
  if (shown === null) return null;
  const text = 'error' in shown ? shown.error : (JSON.stringify(shown.value) ?? 'null').slice(0, MOST_CHARACTERS);
  return (
    <p role="status" className={'error' in shown ? 'text-xs text-bad' : 'text-xs text-ink-2'}>
      <span className="text-ink-3">{t('error' in shown ? 'builder.preview.error' : 'builder.preview')}</span>{' '}
      <code className="[overflow-wrap:anywhere]">{text}</code>
    </p>
  );
}

export interface ExpressionFieldProps {
  control: FieldControl;
  label: string;
  mode: 'expr' | 'tpl';
  node: string;
  value: string;
  onChange: (value: string) => void;
  readOnly: boolean;
  lines?: number;
}
/** An expression with completion over what it may name, and what it gives right now below it. */
export function ExpressionField({ node, mode, value, ...rest }: ExpressionFieldProps) {
  const { known } = useScope(node);
  const shown = usePreview(value, mode, node);
  const empty = useMemo(() => openExpression(value, mode) === null, [value, mode]);
  return (
    <div className="flex min-w-0 flex-col gap-1" data-expression={mode}>
      <Suspense fallback={<Skeleton className="h-8" />}>
        <LazyCode {...rest} mode={mode} value={value} known={known} />
      </Suspense>
      {empty && shown === null ? null : <Outcome shown={shown} />}
    </div>
  );
}
