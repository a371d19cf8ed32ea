import { ArrowRight, CircleAlert } from 'lucide-react';
import { useState } from 'react';
import { duration } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { Select } from '#ui/select.tsx';
import { Textarea } from '#ui/textarea.tsx';
import { draftFaults, isSound, recordOf, switchForm, withType, type RecordDraft } from './record-draft.ts';
import { fullName } from './record-name.ts';
import { formOf, OTHER_TYPES, TYPE_FORMS } from './record-types.ts';
import type { NewRecord } from './staging.ts';
import type { Zone } from './types.ts';
import { ValueFields } from './value-fields.tsx';

const TTLS = [60, 300, 3600, 86_400];

/** The whole name that a relative one becomes, before anything is sent. */
function NamePreview({ name, zone }: { name: string; zone: string }) {
  const preview = fullName(name, zone);
  return (
    <span aria-live="polite" className="inline-flex min-w-0 items-baseline gap-1">
      <ArrowRight aria-hidden className="size-3 shrink-0 self-center rtl:rotate-180" />
      {preview.ok ? (
        <span className="min-w-0 [overflow-wrap:anywhere]">
          <span className="sr-only">{t('record.becomes')} </span>
          <code className="text-ink-2">{preview.name}</code>
          {preview.unicode !== preview.name && <span className="ms-1">({preview.unicode})</span>}
        </span>
      ) : (
        <span>{t('record.becomes.at', { zone })}</span>
      )}
    </span>
  );
}

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
  const faults = draftFaults(draft, zone.name);
  const form = formOf(draft.type);
  const set = (patch: Partial<RecordDraft>) => setDraft({ ...draft, ...patch });
  const preview = fullName(draft.name, zone.name);
  const others = preview.ok ? siblings(preview.name, draft.type) : 0;
  const seconds = Number(draft.ttl);
  const ttlHelp =
    draft.ttl.trim() === ''
      ? t('record.ttl.default', { seconds: zone.defaultTtl })
      : Number.isInteger(seconds) && seconds > 0
        ? [duration(seconds), others > 0 ? t('record.ttl.set', { count: others }) : ''].filter(Boolean).join('. ')
        : undefined;
  const types = [...TYPE_FORMS.map(({ type }) => type), ...OTHER_TYPES];
  return (
    <form
      aria-label={isNew ? t('record.new') : t('record.edit', { name: start.name, type: start.type })}
      className="flex max-w-5xl flex-col gap-4 px-4 py-4"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (isSound(faults)) onStage(recordOf(draft, zone.name));
      }}
      onKeyDown={(event) => event.key === 'Escape' && !event.defaultPrevented && onCancel()}
    >
      {error && (
        <p role="alert" className="flex items-start gap-2 text-bad">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          {error}
        </p>
      )}
      <div className="grid gap-x-4 gap-y-3 sm:grid-cols-[minmax(0,1fr)_7.5rem_12rem]">
        <Field label={t('record.name')} help={<NamePreview name={draft.name} zone={zone.name} />} error={tried ? faults.name : undefined} required>
          {(control) => (
            <Input
              {...control}
              mono
              autoFocus
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              placeholder="www"
              value={draft.name}
              onChange={(event) => set({ name: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('record.type')}>
          {(control) => (
            <Select
              {...control}
              value={draft.type}
              onChange={(type) => setDraft(withType(draft, type))}
              choices={[...types, ...(types.includes(draft.type) ? [] : [draft.type])].map((value) => ({ value, label: value }))}
            />
          )}
        </Field>
        <Field label={t('record.ttl')} help={ttlHelp} error={tried ? faults.ttl : undefined}>
          {(control) => (
            <>
              <Input
                {...control}
                inputMode="numeric"
                list="ttls"
                placeholder={String(zone.defaultTtl)}
                value={draft.ttl}
                onChange={(event) => set({ ttl: event.target.value })}
              />
              <datalist id="ttls">
                {TTLS.map((each) => (
                  <option key={each} value={each}>
                    {duration(each)}
                  </option>
                ))}
              </datalist>
            </>
          )}
        </Field>
      </div>
      {draft.asText ? (
        <Field label={t('record.field.value')} help={t('record.value.text')} error={tried ? faults.raw : undefined} required>
          {(control) => (
            <Textarea {...control} mono rows={2} spellCheck={false} value={draft.raw} onChange={(event) => set({ raw: event.target.value })} />
          )}
        </Field>
      ) : (
        <ValueFields
          key={draft.type}
          fields={form?.fields ?? []}
          values={draft.values}
          onChange={(values) => set({ values })}
          missing={tried ? faults.missing : []}
          zone={zone.name}
        />
      )}
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
        <p className="me-auto max-w-xl text-xs text-pretty text-ink-3">
          {t(form?.help ?? 'record.help.other', { type: draft.type })}{' '}
          {form && (
            <button type="button" className="text-accent hover:underline" onClick={() => setDraft(switchForm(draft))}>
              {t(draft.asText ? 'record.asFields' : 'record.asText')}
            </button>
          )}
        </p>
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
