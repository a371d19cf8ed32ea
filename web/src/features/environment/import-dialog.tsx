import { useEffect, useRef, useState } from 'react';
import type { Call } from '#features/review/call.ts';
import { Agreement } from '#features/review/agreement.tsx';
import { PlanSkeleton } from '#features/review/plan-panel.tsx';
import { useTell } from '#features/review/submit.ts';
import { WhyField } from '#features/review/why-field.tsx';
import type { Places } from '#features/secrets/api.ts';
import { ANYWHERE, placePart, type PlaceDraft } from '#features/secrets/draft.ts';
import { PlaceFields } from '#features/secrets/place-fields.tsx';
import { useSealed } from '#features/secrets/use-sealed.ts';
import type { Answer } from '#lib/answers.ts';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { Checkbox } from '#ui/checkbox.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Select } from '#ui/select.tsx';
import { ImportResult } from './import-result.tsx';
import { ImportSource, MOST_BYTES } from './import-source.tsx';
import { countOf, sortedLines } from './sorted.ts';

const FORMATS = ['auto', 'env', 'json', 'csv'] as const;
interface Options {
  format: (typeof FORMATS)[number];
  kind: 'variable' | 'secret';
  place: PlaceDraft;
  overwrite: boolean;
}

/** Once there is an answer, what is there now is no answer to what is typed: whatever changes takes the check back. */
function useFile(environment: string) {
  const [text, setText] = useState('');
  const [tooLarge, setTooLarge] = useState(false);
  const [options, setOptions] = useState<Options>({ format: 'auto', kind: 'variable', place: { ...ANYWHERE, environment }, overwrite: false });
  const build = (): Call | null => {
    const place = placePart(options.place);
    if (text.trim() === '' || !place) return null;
    const { format, kind, overwrite } = options;
    const body = { content: text, kind, overwrite, ...place, ...(format === 'auto' ? {} : { format }) };
    return { method: 'POST', path: '/secrets/import', body };
  };
  const sealed = useSealed<Answer<'secrets.import'>>(build);
  const again = () => {
    sealed.plan.reset();
    sealed.act.reset();
  };
  return {
    ...sealed,
    text,
    tooLarge,
    options,
    ready: build() !== null,
    write: (next: string) => {
      setText(next);
      again();
    },
    choose: (part: Partial<Options>) => {
      setOptions((now) => ({ ...now, ...part }));
      again();
    },
    tooBig: setTooLarge,
  };
}
type ImportFile = ReturnType<typeof useFile>;

function Settings({ file: { options, choose }, places }: { file: ImportFile; places: Pick<Places, 'projects' | 'environments'> }) {
  return (
    <>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field label={t('vars.import.kind')} help={t(`vars.import.kind.${options.kind}.help`)}>
          {(control) => (
            <Select
              {...control}
              value={options.kind}
              onChange={(kind) => choose({ kind })}
              choices={(['variable', 'secret'] as const).map((value) => ({ value, label: t(`vars.import.kind.${value}`) }))}
            />
          )}
        </Field>
        <Field label={t('secrets.export.format')}>
          {(control) => (
            <Select
              {...control}
              value={options.format}
              onChange={(format) => choose({ format })}
              choices={FORMATS.map((value) => ({ value, label: t(`secrets.format.${value}`) }))}
            />
          )}
        </Field>
      </div>
      <PlaceFields draft={options.place} onChange={(place) => choose({ place })} places={{ ...places, tags: [] }} errors={{}} />
      <Field label={t('vars.import.overwrite')} help={t('vars.import.overwrite.help')} inline>
        {(control) => <Checkbox {...control} checked={options.overwrite} onCheckedChange={(on) => choose({ overwrite: on === true })} />}
      </Field>
    </>
  );
}

/** Puts the cursor at the beginning of a line, and marks it. */
function goTo(area: HTMLTextAreaElement | null, line: number): void {
  if (!area) return;
  const lines = area.value.split('\n');
  const start = lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0);
  area.focus();
  area.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
} // prettier-ignore

export interface ImportDialogProps {
  environment: string;
  places: Pick<Places, 'projects' | 'environments'>;
  /** Where it was imported to. */
  onDone: (environment: string) => void;
  onClose: () => void;
}
/** A file of names and values: what would become of each line first, and only then the import, of all lines or none. */
export function ImportDialog({ environment, places, onDone, onClose }: ImportDialogProps) {
  const tell = useTell();
  const area = useRef<HTMLTextAreaElement>(null);
  const [comment, setComment] = useState('');
  const file = useFile(environment);
  const { plan, act } = file;
  const lines = plan.data ? sortedLines(plan.data) : [];
  const [invalid, taken] = [countOf(lines, 'invalid'), countOf(lines, 'created') + countOf(lines, 'changed')];
  const answer = useRef<HTMLDivElement>(null);
  // The file may be long: what is said of it must not lie below the edge.
  useEffect(() => {
    if (plan.data || plan.error) answer.current?.scrollIntoView({ block: 'nearest' });
  }, [plan.data, plan.error]);
  const go = () =>
    act.mutate(comment.trim(), {
      onSuccess: (outcome) => {
        tell(outcome, t('vars.imported', { count: taken }));
        onDone(file.options.place.environment);
        onClose();
      },
    });
  const read = (chosen: File | undefined) => {
    if (!chosen) return;
    file.tooBig(chosen.size > MOST_BYTES);
    if (chosen.size <= MOST_BYTES) void chosen.text().then(file.write);
  };
  return (
    <Dialog
      open
      width="lg"
      onOpenChange={(open) => !open && onClose()}
      title={t('vars.import.title')}
      description={t('vars.import.lead')}
      footer={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          {plan.data && invalid === 0 && taken > 0 ? (
            <Button variant="primary" busy={act.isPending} onClick={go}>
              {plan.data.requirements.length > 0 ? t('run.request') : t('vars.import.apply', { count: taken })}
            </Button>
          ) : (
            <Button variant="primary" busy={plan.isPending} disabled={!file.ready} onClick={() => plan.mutate()}>
              {t('vars.import.check')}
            </Button>
          )}
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <ImportSource text={file.text} tooLarge={file.tooLarge} area={area} onText={file.write} onFile={read} />
        <Settings file={file} places={places} />
        {plan.isPending && <PlanSkeleton />}
        <div ref={answer} className="flex scroll-mb-5 flex-col gap-4 empty:hidden">
          {plan.error && <ProblemView error={plan.error} />}
          {act.error && <ProblemView error={act.error} />}
          {plan.data && (
            <>
              {lines.length > 0 && <ImportResult lines={lines} onGo={(line) => goTo(area.current, line)} />}
              {invalid > 0 ? (
                <p className="text-bad">{t('vars.import.mend')}</p>
              ) : taken === 0 ? (
                <p className="text-ink-2">{t('vars.import.nothing')}</p>
              ) : (
                <>
                  <Agreement requirements={plan.data.requirements} />
                  <WhyField value={comment} onChange={setComment} onSubmit={go} />
                </>
              )}
            </>
          )}
        </div>
      </div>
    </Dialog>
  );
}
