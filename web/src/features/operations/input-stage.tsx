import { useEffect, useMemo, useRef } from 'react';
import { t } from '#lib/i18n.ts';
import { useOperations } from '#lib/manifest.ts';
import type { ManifestOperation } from '#lib/schema.ts';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { OperationForm } from '#ui/operation-form/index.ts';
import { Prose } from '#ui/prose.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Textarea } from '#ui/textarea.tsx';
import { Equivalents } from './equivalents.tsx';
import { pickers } from './pickers.tsx';
import { hasPlan } from './has-plan.ts';
import type { Runner } from './runner.ts';

/** Fields, the reason, and how to do the same from a shell. */
export function InputStage({ operation, runner }: { operation: ManifestOperation; runner: Runner }) {
  const { input, change, clean, remarks, setRemarks, errors, problem, start } = runner;
  const operations = useOperations();
  const pickerFor = useMemo(() => pickers(operation, operations), [operation, operations]);
  const form = useRef<HTMLFormElement>(null);
  const complaints = Object.keys(errors).sort().join();
  // The eye and the keyboard go to the first field that needs mending.
  useEffect(() => {
    if (complaints) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [complaints]);

  // The first thing to fill in, not the button that closes.
  useEffect(() => form.current?.querySelector<HTMLElement>('input, textarea, [role="combobox"]')?.focus(), []);

  const properties = operation.input.properties ?? {};
  const fields = Object.keys(properties).length > 0;
  const hasField = (pointer: string) => (pointer.split('/')[1] ?? '') in properties;
  return (
    <form
      id="operation"
      ref={form}
      noValidate
      className="flex flex-col gap-5 p-5"
      onSubmit={(event) => {
        event.preventDefault();
        if (!runner.busy) start();
      }}
    >
      {operation.description && (
        <p className="text-ink-2">
          <Prose text={operation.description} />
        </p>
      )}
      {problem && <ProblemView error={problem} placed={hasField} />}
      {fields ? (
        <OperationForm schema={operation.input} value={input} onChange={change} errors={errors} pickerFor={pickerFor} />
      ) : (
        <p className="text-ink-2">{t('run.noInput')}</p>
      )}
      {hasPlan(operation) && (
        <div className="grid gap-4 border-t border-line pt-5 sm:grid-cols-[1fr_10rem]">
          <Field label={t('run.comment')} help={t('run.comment.help')} required={false}>
            {(control) => (
              <Textarea
                {...control}
                rows={2}
                maxLength={2000}
                value={remarks.comment}
                onChange={(event) => setRemarks({ ...remarks, comment: event.target.value })}
              />
            )}
          </Field>
          <Field label={t('run.ticket')} required={false}>
            {(control) => (
              <Input
                {...control}
                mono
                maxLength={100}
                value={remarks.ticket}
                onChange={(event) => setRemarks({ ...remarks, ticket: event.target.value })}
              />
            )}
          </Field>
        </div>
      )}
      <Equivalents operation={operation} input={clean} remarks={remarks} />
    </form>
  );
}
