import { ArrowRight } from 'lucide-react';
import { duration } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { Select } from '#ui/select.tsx';
import type { RecordDraft } from './record-draft.ts';
import { fullName } from './record-name.ts';
import { OTHER_TYPES, TYPE_FORMS } from './record-types.ts';
import type { Zone } from './types.ts';

const TTLS = [60, 300, 3600, 86_400];
const TYPES = [...TYPE_FORMS.map(({ type }) => type), ...OTHER_TYPES];

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

export interface FieldPartProps {
  draft: RecordDraft;
  set: (patch: Partial<RecordDraft>) => void;
  error: string | undefined;
}

export const NameField = ({ draft, set, error, zone }: FieldPartProps & { zone: string }) => (
  <Field label={t('record.name')} help={<NamePreview name={draft.name} zone={zone} />} error={error} required>
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
);

export const TypeField = ({ type, onChange }: { type: string; onChange: (type: string) => void }) => (
  <Field label={t('record.type')}>
    {(control) => (
      <Select
        {...control}
        value={type}
        onChange={onChange}
        choices={[...TYPES, ...(TYPES.includes(type) ? [] : [type])].map((value) => ({ value, label: value }))}
      />
    )}
  </Field>
);

/** In words: the default when it is empty, else how long it is and whom it concerns too. */
function ttlHelp(ttl: string, others: number, fallback: number): string | undefined {
  if (ttl.trim() === '') return t('record.ttl.default', { seconds: fallback });
  const seconds = Number(ttl);
  if (!Number.isInteger(seconds) || seconds <= 0) return undefined;
  return [duration(seconds), others > 0 ? t('record.ttl.set', { count: others }) : ''].filter(Boolean).join('. ');
}

export interface TtlFieldProps extends FieldPartProps {
  zone: Pick<Zone, 'defaultTtl'>;
  /** How many other records share name and type, and so the TTL. */
  others: number;
}
export const TtlField = ({ draft, set, error, zone, others }: TtlFieldProps) => (
  <Field label={t('record.ttl')} help={ttlHelp(draft.ttl, others, zone.defaultTtl)} error={error}>
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
);
