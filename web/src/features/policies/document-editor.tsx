import { FlaskConical } from 'lucide-react';
import { useRef } from 'react';
import { useOperations } from '#lib/manifest.ts';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import type { useLint } from './api.ts';
import { CodeEditor, type CodeEditorHandle } from './editor/code-editor.tsx';
import { FaultList } from './fault-list.tsx';
import { TestsPanel, testsInWords } from './tests-panel.tsx';

export interface DocumentEditorProps {
  text: string;
  onChange: (text: string) => void;
  check: ReturnType<typeof useLint>;
}
const NONE: never[] = [];

/** The text of a set, what is wrong with it while one types, and its tests. */
export function DocumentEditor({ text, onChange, check: { lint, error, isCurrent, again } }: DocumentEditorProps) {
  const editor = useRef<CodeEditorHandle>(null);
  const operations = useOperations();
  const state = !isCurrent ? t('policies.checking') : t('policies.checked');
  return (
    <div className="grid min-h-0 items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem] 2xl:grid-cols-[minmax(0,1fr)_28rem]">
      <div className="flex min-w-0 flex-col gap-1.5">
        <div className="h-[min(70dvh,44rem)]">
          <CodeEditor
            ref={editor}
            label={t('policies.document')}
            value={text}
            onChange={onChange}
            faults={lint?.faults ?? NONE}
            operations={operations}
          />
        </div>
        <p className="text-xs text-ink-3">{t('policies.editor.help')}</p>
      </div>
      <div className="flex min-w-0 flex-col gap-4">
        <Card title={t('policies.check')} aside={<span role="status">{state}</span>}>
          {error ? (
            <ProblemView error={error} retry={again} />
          ) : lint ? (
            <FaultList faults={lint.faults} onGo={({ line, column }) => editor.current?.reveal(line, column)} />
          ) : (
            <SkeletonText lines={2} />
          )}
        </Card>
        <Card
          title={t('policies.tests')}
          aside={
            <>
              {lint?.tests && <span>{testsInWords(lint.tests)}</span>}
              <Button size="sm" variant="ghost" busy={!isCurrent} icon={<FlaskConical aria-hidden className="size-3.5" />} onClick={again}>
                {t('policies.tests.run')}
              </Button>
            </>
          }
        >
          <TestsPanel report={lint?.tests ?? null} />
        </Card>
      </div>
    </div>
  );
}
