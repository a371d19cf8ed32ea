import { FileUp } from 'lucide-react';
import { useState } from 'react';
import { useSubmit, useTell } from '#features/review/submit.ts';
import { t } from '#lib/i18n.ts';
import { Badge, type Tone } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Field } from '#ui/field.tsx';
import { TOUCHED } from './api.ts';
import { useOpenEditor } from './blank-form.tsx';
import { formatOf, type FileFormat } from './file-format.ts';
import { NameField } from './name-field.tsx';
import type { Requirements } from './types.ts';

interface ReportLine {
  node: string;
  /** What it was there. */
  kind: string;
  outcome: 'converted' | 'approximated' | 'notConverted';
  notes: string[];
}
interface Imported {
  workflow: { id: string; name: string };
  report: ReportLine[];
  missing: Requirements;
}
const TONES: Readonly<Record<ReportLine['outcome'], Tone>> = { converted: 'good', approximated: 'warn', notConverted: 'bad' };
/** The server takes no more. */
const MOST_BYTES = 4 * 1_048_576;

/** What became of each node of a file from elsewhere. */
const Report = ({ report }: { report: readonly ReportLine[] }) => (
  <ul aria-label={t('workflows.import.report')} className="max-h-72 overflow-y-auto rounded-lg border border-line">
    {report.map((line, at) => (
      <li key={at} className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-3 py-2 last:border-b-0">
        <Badge tone={TONES[line.outcome]}>{t(`workflows.import.${line.outcome}`)}</Badge>
        <span className="font-medium">{line.node}</span>
        <code className="text-xs text-ink-3">{line.kind}</code>
        {line.notes.length > 0 && <span className="w-full text-xs text-ink-2">{line.notes.join(' ')}</span>}
      </li>
    ))}
  </ul>
);

interface Chosen {
  name: string;
  text: string;
  format: FileFormat;
}

/** A workflow from a file: our own, or an export of n8n or Node-RED, with what became of each node. */
export function ImportForm({ onClose }: { onClose: () => void }) {
  const tell = useTell();
  const openEditor = useOpenEditor();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const [name, setName] = useState('');
  const [done, setDone] = useState<Imported | null>(null);
  const importing = useSubmit<Imported>(TOUCHED);
  const choose = async (file: File | undefined): Promise<void> => {
    setChosen(null);
    setFault(null);
    importing.reset();
    if (!file) return;
    if (file.size > MOST_BYTES) return setFault(t('workflows.import.large'));
    const text = await file.text();
    const found = formatOf(text);
    if (!found) return setFault(t('workflows.import.unknown'));
    setChosen({ name: file.name, text, format: found.format });
    setName(found.name ?? file.name.replace(/\.[^.]*$/, ''));
  };
  const begin = (): void => {
    if (!chosen || !name.trim()) return;
    const body = { content: chosen.text, name: name.trim() };
    importing.submit({ call: { method: 'POST', path: '/workflows/import', body }, comment: '' }, (outcome) => {
      if (outcome.status === 'done') return setDone(outcome.output);
      tell(outcome, '');
      onClose();
    });
  };
  const lacking = done ? Object.values(done.missing).flat() : [];
  if (done)
    return (
      <div className="flex flex-col gap-4">
        <p role="status">{t('workflows.import.done', { name: done.workflow.name })}</p>
        {done.report.length > 0 && <Report report={done.report} />}
        {lacking.length > 0 && <p className="text-warn">{t('workflows.import.missing', { names: lacking.join(', ') })}</p>}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('action.close')}</Button>
          <Button variant="primary" onClick={() => openEditor(done.workflow.id)}>
            {t('workflows.open.editor')}
          </Button>
        </div>
      </div>
    );
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        begin();
      }}
    >
      <Field label={t('workflows.import.file')} help={t('workflows.import.file.help')} error={fault ?? undefined} required>
        {(control) => (
          <input
            {...control}
            type="file"
            accept=".yaml,.yml,.json,application/json,application/yaml,text/yaml"
            className="rounded-md border border-dashed border-line-control p-3 text-sm text-ink-2 file:me-3 file:h-8 file:rounded-md file:border file:border-line-strong file:bg-surface file:px-3 file:text-sm file:font-medium file:text-ink"
            onChange={(event) => void choose(event.target.files?.[0])}
          />
        )}
      </Field>
      {chosen && (
        <>
          <p className="flex items-center gap-2 text-ink-2">
            <FileUp aria-hidden className="size-4 text-ink-3" />
            {t(`workflows.import.format.${chosen.format}`)}
          </p>
          <NameField value={name} onChange={setName} />
        </>
      )}
      {importing.error && <ProblemView error={importing.error} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{t('action.cancel')}</Button>
        <Button type="submit" variant="primary" busy={importing.isPending} disabled={!chosen || !name.trim()}>
          {t('workflows.import')}
        </Button>
      </div>
    </form>
  );
}
