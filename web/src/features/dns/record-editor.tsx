import { CircleAlert } from 'lucide-react';
import { useState } from 'react';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { Textarea } from '#ui/textarea.tsx';
import { draftFaults, isSound, recordOf, switchForm, withType, type DraftFaults, type RecordDraft } from './record-draft.ts';
import { NameField, TtlField, TypeField } from './record-fields.tsx';
import { fullName } from './record-name.ts';
import { formOf } from './record-types.ts';
import type { NewRecord } from './staging.ts';
import type { Zone } from './types.ts';
import { useEscape } from './use-escape.ts';
import { ValueFields } from './value-fields.tsx';

interface DraftProps {
  draft: RecordDraft;
  set: (patch: Partial<RecordDraft>) => void;
  faults: DraftFaults;
  zone: string;
}

/** The value: in the fields of its type, or as text. */
const ValuePart = ({ draft, set, faults, zone }: DraftProps) =>
  draft.asText ? (
    <Field label={t('record.field.value')} help={t('record.value.text')} error={faults.raw} required>
      {(control) => (
        <Textarea {...control} mono rows={2} spellCheck={false} value={draft.raw} onChange={(event) => set({ raw: event.target.value })} />
      )}
    </Field>
  ) : (
    <ValueFields
      key={draft.type}
      fields={formOf(draft.type)?.fields ?? []}
      values={draft.values}
      onChange={(values) => set({ values })}
      missing={faults.missing}
      zone={zone}
    />
  );

/** What the type is for, and the other way to write its value. */
const TypeHelp = ({ draft, onSwitch }: { draft: RecordDraft; onSwitch: () => void }) => {
  const form = formOf(draft.type);
  return (
    <p className="me-auto max-w-xl text-xs text-pretty text-ink-3">
      {t(form?.help ?? 'record.help.other', { type: draft.type })}{' '}
      {form && (
        <button type="button" className="text-accent hover:underline" onClick={onSwitch}>
          {t(draft.asText ? 'record.asFields' : 'record.asText')}
        </button>
      )}
    </p>
  );
};

const NO_FAULTS: DraftFaults = { missing: [] };

export interface RecordEditorProps {
  zone: Pick<Zone, 'name' | 'defaultTtl'>;
  start: RecordDraft;
  /** How many other records share name and type: they share the TTL too. */
  siblings: (name: string, type: string) => number;
  /** What the server said about this edit. */
  error?: string | undefined;
  isNew: boolean;
  onStage: (record: Omit<NewRecord, 'key'>) => void;
  onCancel: () => void;
}

/** One record, written with the fields of its type. Staging keeps it here; nothing is sent. */
export function RecordEditor({ zone, start, siblings, error, isNew, onStage, onCancel }: RecordEditorProps) {
  const [draft, setDraft] = useState(start);
  const [tried, setTried] = useState(false);
  const form = useEscape<HTMLFormElement>(onCancel);
  const faults = draftFaults(draft, zone.name);
  const told = tried ? faults : NO_FAULTS;
  const set = (patch: Partial<RecordDraft>) => setDraft({ ...draft, ...patch });
  const preview = fullName(draft.name, zone.name);
  return (
    <form
      ref={form}
      aria-label={isNew ? t('record.new') : t('record.edit', { name: start.name, type: start.type })}
      className="flex max-w-5xl flex-col gap-4 px-4 py-4"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (isSound(faults)) onStage(recordOf(draft, zone.name));
      }}
    >
      {error && (
        <p role="alert" className="flex items-start gap-2 text-bad">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          {error}
        </p>
      )}
      <div className="grid gap-x-4 gap-y-3 sm:grid-cols-[minmax(0,1fr)_7.5rem_12rem]">
        <NameField draft={draft} set={set} error={told.name} zone={zone.name} />
        <TypeField type={draft.type} onChange={(type) => setDraft(withType(draft, type))} />
        <TtlField draft={draft} set={set} error={told.ttl} zone={zone} others={preview.ok ? siblings(preview.name, draft.type) : 0} />
      </div>
      <ValuePart draft={draft} set={set} faults={told} zone={zone.name} />
      <Field label={t('record.comment')} required={false}>
        {(control) => (
          <Input
            {...control}
            maxLength={500}
            placeholder={t('record.comment.example')}
            value={draft.comment}
            onChange={(event) => set({ comment: event.target.value })}
          />
        )}
      </Field>
      <div className="flex flex-wrap items-center gap-2">
        <TypeHelp draft={draft} onSwitch={() => setDraft(switchForm(draft))} />
        <Button size="sm" onClick={onCancel}>
          {t('action.cancel')}
        </Button>
        <Button size="sm" type="submit" variant="primary">
          {t('record.stage')}
        </Button>
      </div>
    </form>
  );
}
