import { FileUp } from 'lucide-react';
import { useMemo, useRef, useState, type Ref } from 'react';
import { PlanPanel, PlanSkeleton } from '#features/review/plan-panel.tsx';
import { useSubmit, useTell } from '#features/review/submit.ts';
import { WhyField } from '#features/review/why-field.tsx';
import { number } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { Checkbox } from '#ui/checkbox.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Select } from '#ui/select.tsx';
import { TOUCHED } from './api.ts';
import { ImportFaults } from './import-faults.tsx';
import { SourceEditor, type SourceEditorHandle } from './source-editor.tsx';
import type { Zone } from './types.ts';
import { useImport, type Import } from './use-import.ts';

const EXAMPLE = '$TTL 1h\n@      IN MX  10 mail\nmail   IN A   192.0.2.25\nwww    IN A   192.0.2.10\n';

/** The file: pasted, dropped or chosen; wrong lines are marked. */
function Source({ file, editor }: { file: Import; editor: Ref<SourceEditorHandle> }) {
  const chooser = useRef<HTMLInputElement>(null);
  const marks = useMemo(() => new Map(file.faults.flatMap(({ line, message }) => (line === null ? [] : [[line, message] as const]))), [file.faults]);
  return (
    <div>
      <Field
        label={t('import.text')}
        error={file.tooLarge ? t('import.tooLarge') : undefined}
        aside={
          <button type="button" className="inline-flex items-center gap-1 text-accent hover:underline" onClick={() => chooser.current?.click()}>
            <FileUp aria-hidden className="size-3.5" />
            {t('import.choose')}
          </button>
        }
      >
        {(control) => (
          <SourceEditor
            ref={editor}
            control={control}
            value={file.text}
            onChange={file.write}
            marks={marks}
            onFile={file.read}
            placeholder={EXAMPLE}
          />
        )}
      </Field>
      <input
        ref={chooser}
        type="file"
        hidden
        aria-label={t('import.choose')}
        accept=".zone,.db,.txt,text/plain,text/dns"
        onChange={(event) => file.read(event.target.files?.[0])}
      />
    </div>
  );
}

const Options = ({ file: { options, choose } }: { file: Import }) => (
  <div className="grid items-start gap-4 sm:grid-cols-3">
    <Field label={t('import.mode')} help={t(`import.mode.${options.mode}.help`)}>
      {(control) => (
        <Select
          {...control}
          value={options.mode}
          onChange={(mode) => choose({ mode })}
          choices={(['merge', 'replace'] as const).map((value) => ({ value, label: t(`import.mode.${value}`) }))}
        />
      )}
    </Field>
    <Field label={t('import.keepNs')} help={t('import.keepNs.help')} inline>
      {(control) => <Checkbox {...control} checked={options.keepNs} onCheckedChange={(on) => choose({ keepNs: on === true })} />}
    </Field>
    <Field label={t('import.skip')} help={t('import.skip.help')} inline>
      {(control) => <Checkbox {...control} checked={options.skipInvalid} onCheckedChange={(on) => choose({ skipInvalid: on === true })} />}
    </Field>
  </div>
);

/** Why there is no plan: errors with their places, the question whether so much is meant, or another refusal. */
const Refusal = ({ file, onGo }: { file: Import; onGo: (line: number, column: number) => void }) => (
  <>
    {file.faults.length > 0 && <ImportFaults faults={file.faults} onGo={onGo} />}
    {file.problem && file.problem.slug !== 'mass-change' && file.faults.length === 0 && <ProblemView error={file.problem} retry={file.check} />}
    {file.mass && (
      <div className="rounded-md border border-warn/35 bg-warn-wash px-3 py-2.5">
        {file.problem && <p className="mb-2">{file.problem.body.detail}</p>}
        <Field label={t('staged.mass')} help={t('staged.mass.help')} inline>
          {(control) => <Checkbox {...control} checked={file.confirmed} onCheckedChange={(on) => file.confirm(on === true)} />}
        </Field>
      </div>
    )}
  </>
);

/** A zone file, pasted or from disk: every error with its place, then the plan of what it would change, and only then the import. */
export function ImportDialog({ zone, onClose }: { zone: Zone; onClose: () => void }) {
  const tell = useTell();
  const editor = useRef<SourceEditorHandle>(null);
  const answer = useRef<HTMLDivElement>(null);
  const [comment, setComment] = useState('');
  const file = useImport(zone.id, () => requestAnimationFrame(() => answer.current?.scrollIntoView({ block: 'start', behavior: 'smooth' })));
  const sending = useSubmit(TOUCHED);
  const { plan } = file;
  const go = () => {
    if (!plan.data || !plan.variables) return;
    sending.submit({ call: plan.variables, comment }, (outcome) => {
      tell(outcome, t('import.done', { zone: zone.unicodeName }));
      onClose();
    });
  };
  const unchanged = plan.data?.plan.facts['unchanged'];
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
            <Button variant="primary" busy={sending.isPending} onClick={go}>
              {t(plan.data.requirements.length > 0 ? 'run.request' : 'zone.import')}
            </Button>
          ) : (
            <Button variant="primary" busy={plan.isPending} disabled={file.text.trim() === ''} onClick={file.check}>
              {t('import.check')}
            </Button>
          )}
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Source file={file} editor={editor} />
        <Options file={file} />
        <div ref={answer} className="scroll-mt-2" />
        {plan.isPending && <PlanSkeleton />}
        <Refusal file={file} onGo={(line, column) => editor.current?.reveal(line, column)} />
        {plan.data && (
          <>
            {typeof unchanged === 'number' && <p className="text-ink-2">{t('import.unchanged', { count: unchanged, shown: number(unchanged) })}</p>}
            <PlanPanel preview={plan.data} />
            <WhyField value={comment} onChange={setComment} onSubmit={go} />
          </>
        )}
        {sending.error && <ProblemView error={sending.error} />}
      </div>
    </Dialog>
  );
}
