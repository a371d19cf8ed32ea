import { useMutation } from '@tanstack/react-query';
import { FileUp } from 'lucide-react';
import { useMemo, useRef, useState, type DragEvent } from 'react';
import type { Call } from '#features/review/call.ts';
import { PlanPanel, PlanSkeleton } from '#features/review/plan-panel.tsx';
import { useSubmit, useTell } from '#features/review/submit.ts';
import { WhyField } from '#features/review/why-field.tsx';
import { preview } from '#lib/api.ts';
import { number } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { toProblem } from '#lib/problem.ts';
import type { Preview } from '#lib/types.ts';
import { Button } from '#ui/button.tsx';
import { Checkbox } from '#ui/checkbox.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Select } from '#ui/select.tsx';
import { TOUCHED } from './api.ts';
import { faultsIn, ImportFaults } from './import-faults.tsx';
import { SourceEditor, type SourceEditorHandle } from './source-editor.tsx';
import type { Zone } from './types.ts';

const MOST_BYTES = 5 * 1024 * 1024;
const EXAMPLE = '$TTL 1h\n@      IN MX  10 mail\nmail   IN A   192.0.2.25\nwww    IN A   192.0.2.10\n';
type Mode = 'merge' | 'replace';

/** A zone file, pasted or from disk: every error with its place, then the plan of what it would change, and only then the import. */
export function ImportDialog({ zone, onClose }: { zone: Zone; onClose: () => void }) {
  const tell = useTell();
  const editor = useRef<SourceEditorHandle>(null);
  const chooser = useRef<HTMLInputElement>(null);
  const key = useRef(crypto.randomUUID());
  const [text, setText] = useState('');
  const [mode, setMode] = useState<Mode>('merge');
  const [keepNs, setKeepNs] = useState(false);
  const [skipInvalid, setSkipInvalid] = useState(false);
  const [confirmed, setConfirmed] = useState(false);
  const [tooLarge, setTooLarge] = useState(false);
  const [comment, setComment] = useState('');
  // A file may have megabytes: it is sent when asked for, never with each key.
  const plan = useMutation<Preview, Error, Call>({ mutationFn: ({ method, path, body }) => preview(method, path, { body }), gcTime: 0 });
  const submit = useSubmit(TOUCHED);

  const callFor = (confirm: boolean): Call => ({
    method: 'POST',
    path: `/dns/zones/${zone.id}/import`,
    body: { source: 'text', zonefile: text, mode, keepNs, skipInvalid, ...(confirm ? { confirmMassChange: true } : {}) },
  });
  const change = <T,>(set: (value: T) => void) => {
    return (value: T) => {
      set(value);
      plan.reset();
      submit.reset();
    };
  };
  const answer = useRef<HTMLDivElement>(null);
  const check = (confirm = confirmed) =>
    plan.mutate(callFor(confirm), {
      onSettled: () => requestAnimationFrame(() => answer.current?.scrollIntoView({ block: 'start', behavior: 'smooth' })),
    });
  const read = (file: File | undefined) => {
    if (!file) return;
    setTooLarge(file.size > MOST_BYTES);
    if (file.size <= MOST_BYTES) void file.text().then(change(setText));
  };
  const go = () => {
    if (!plan.data || submit.isPending) return;
    submit.mutate(
      { call: plan.variables!, comment, key: key.current },
      {
        onSuccess: (outcome) => {
          tell(outcome, t('import.done', { zone: zone.unicodeName }));
          onClose();
        },
        onError: (error) => {
          if (toProblem(error).status !== 0) key.current = crypto.randomUUID();
        },
      },
    );
  };

  const problem = plan.error ? toProblem(plan.error) : null;
  const faults = useMemo(() => (problem && problem.slug !== 'mass-change' ? faultsIn(problem) : []), [problem]);
  const marks = useMemo(() => new Map(faults.flatMap(({ line, message }) => (line === null ? [] : [[line, message] as const]))), [faults]);
  const waits = (plan.data?.requirements.length ?? 0) > 0;
  const unchanged = plan.data?.plan.facts['unchanged'];
  const drop = (event: DragEvent) => {
    event.preventDefault();
    read(event.dataTransfer.files[0]);
  };
  return (
    <Dialog
      open
      width="xl"
      onOpenChange={(open) => !open && onClose()}
      title={t('import.title', { zone: zone.unicodeName })}
      description={t('import.lead')}
      footer={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          {plan.data ? (
            <Button variant="primary" busy={submit.isPending} onClick={go}>
              {waits ? t('run.request') : t('zone.import')}
            </Button>
          ) : (
            <Button variant="primary" busy={plan.isPending} disabled={text.trim() === ''} onClick={() => check()}>
              {t('import.check')}
            </Button>
          )}
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <div onDragOver={(event) => event.preventDefault()} onDrop={drop}>
          <Field
            label={t('import.text')}
            error={tooLarge ? t('import.tooLarge') : undefined}
            aside={
              <button type="button" className="inline-flex items-center gap-1 text-accent hover:underline" onClick={() => chooser.current?.click()}>
                <FileUp aria-hidden className="size-3.5" />
                {t('import.choose')}
              </button>
            }
          >
            {(control) => <SourceEditor ref={editor} control={control} value={text} onChange={change(setText)} marks={marks} placeholder={EXAMPLE} />}
          </Field>
          <input ref={chooser} type="file" hidden accept=".zone,.db,.txt,text/plain,text/dns" onChange={(event) => read(event.target.files?.[0])} />
        </div>
        <div className="grid items-start gap-4 sm:grid-cols-3">
          <Field label={t('import.mode')} help={t(`import.mode.${mode}.help`)}>
            {(control) => (
              <Select
                {...control}
                value={mode}
                onChange={change(setMode)}
                choices={(['merge', 'replace'] as const).map((value) => ({ value, label: t(`import.mode.${value}`) }))}
              />
            )}
          </Field>
          <Field label={t('import.keepNs')} help={t('import.keepNs.help')} inline>
            {(control) => <Checkbox {...control} checked={keepNs} onCheckedChange={(on) => change(setKeepNs)(on === true)} />}
          </Field>
          <Field label={t('import.skip')} help={t('import.skip.help')} inline>
            {(control) => <Checkbox {...control} checked={skipInvalid} onCheckedChange={(on) => change(setSkipInvalid)(on === true)} />}
          </Field>
        </div>
        <div ref={answer} className="scroll-mt-2" />
        {plan.isPending && <PlanSkeleton />}
        {faults.length > 0 ? (
          <ImportFaults faults={faults} onGo={(line, column) => editor.current?.reveal(line, column)} />
        ) : (
          problem && problem.slug !== 'mass-change' && <ProblemView error={problem} retry={() => check()} />
        )}
        {(confirmed || problem?.slug === 'mass-change') && (
          <div className="rounded-md border border-warn/35 bg-warn-wash px-3 py-2.5">
            {problem && <p className="mb-2">{problem.body.detail}</p>}
            <Field label={t('staged.mass')} help={t('staged.mass.help')} inline>
              {(control) => (
                <Checkbox
                  {...control}
                  checked={confirmed}
                  onCheckedChange={(on) => {
                    setConfirmed(on === true);
                    check(on === true);
                  }}
                />
              )}
            </Field>
          </div>
        )}
        {plan.data && (
          <>
            {typeof unchanged === 'number' && <p className="text-ink-2">{t('import.unchanged', { count: unchanged, shown: number(unchanged) })}</p>}
            <PlanPanel preview={plan.data} />
            <WhyField value={comment} onChange={setComment} onSubmit={go} />
          </>
        )}
        {submit.error && <ProblemView error={submit.error} />}
      </div>
    </Dialog>
  );
}
