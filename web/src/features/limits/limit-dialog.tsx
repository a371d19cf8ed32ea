import { useState } from 'react';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import { usePeople } from '#features/team/member-dialogs.tsx';
import { number } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { Combobox } from '#ui/combobox.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { Select } from '#ui/select.tsx';
import { FIELDS, type Amounts, type Limit } from './types.ts';

const KINDS = ['user', 'key', 'role'] as const;
type Kind = (typeof KINDS)[number];
type Texts = Record<(typeof FIELDS)[number], string>;

const textsOf = (limit: Limit | null): Texts => ({ perMinute: text(limit?.perMinute), perHour: text(limit?.perHour), perDay: text(limit?.perDay) });
const text = (value: number | null | undefined): string => (value === null || value === undefined ? '' : String(value));

/** Null when one of them is no number. Empty goes back to the default. */
function amountsOf(texts: Texts): Amounts | null {
  const values = FIELDS.map((field) => (texts[field].trim() === '' ? null : Number(texts[field])));
  if (values.some((value) => value !== null && (!Number.isInteger(value) || value < 1))) return null;
  return { perMinute: values[0]!, perHour: values[1]!, perDay: values[2]! };
}

/** Whom a new quota is for: a person by name, a key or a role by what it is called. */
function Subject({ kind, value, onKind, onValue }: { kind: Kind; value: string; onKind: (kind: Kind) => void; onValue: (value: string) => void }) {
  const people = usePeople('');
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label={t('limits.kind')}>
        {(control) => (
          <Select {...control} value={kind} onChange={onKind} choices={KINDS.map((one) => ({ value: one, label: t(`limits.kind.${one}`) }))} />
        )}
      </Field>
      <Field label={t(`limits.kind.${kind}`)} required {...(kind === 'user' ? {} : { help: t(`limits.kind.${kind}.help`) })}>
        {(control) =>
          kind === 'user' ? (
            <Combobox
              control={control}
              value={value}
              onChange={onValue}
              choices={people.map(({ id, name, email }) => ({ value: id, label: name, hint: email }))}
            />
          ) : (
            <Input {...control} mono maxLength={64} value={value} onChange={(event) => onValue(event.target.value.trim())} />
          )
        }
      </Field>
    </div>
  );
}

/** Sets the quotas of somebody; somebody else has to agree. */
export function LimitDialog({ limit, name, onClose }: { limit: Limit | null; name: string; onClose: () => void }) {
  const tell = useTell();
  const [kind, setKind] = useState<Kind>('user');
  const [who, setWho] = useState('');
  const [texts, setTexts] = useState(() => textsOf(limit));
  const subject = limit?.subject ?? (who ? `${kind}:${who}` : '');
  const amounts = amountsOf(texts);
  const call = subject && amounts ? { method: 'PUT' as const, path: `/limits/${encodeURIComponent(subject)}`, body: amounts } : null;
  return (
    <ReviewDialog
      title={limit ? t('limits.edit.of', { name }) : t('limits.create')}
      description={t('limits.edit.text')}
      call={call}
      action={t('action.save')}
      touched={['/limits']}
      onClose={onClose}
      onOutcome={(outcome) => tell(outcome, t('limits.saved'))}
    >
      {limit === null && (
        <Subject
          kind={kind}
          value={who}
          onKind={(next) => {
            setKind(next);
            setWho('');
          }}
          onValue={setWho}
        />
      )}
      <div className="grid gap-4 sm:grid-cols-3">
        {FIELDS.map((field) => {
          const usual = limit?.defaults[field];
          return (
            <Field key={field} label={t(`limits.${field}`)} help={usual ? t('limits.default', { count: number(usual) }) : t('limits.default.none')}>
              {(control) => (
                <Input
                  {...control}
                  type="number"
                  min={1}
                  value={texts[field]}
                  onChange={(event) => setTexts((now) => ({ ...now, [field]: event.target.value }))}
                />
              )}
            </Field>
          );
        })}
      </div>
    </ReviewDialog>
  );
}
