import { LabelsField } from '#features/memory/labels-field.tsx';
import { t } from '#lib/i18n.ts';
import { Checkbox } from '#ui/checkbox.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { Select } from '#ui/select.tsx';
import { Textarea } from '#ui/textarea.tsx';
import { isOverlap, isSize, type CollectionDraft } from './collection-draft.ts';
import { LANGUAGES } from './types.ts';

export interface CollectionFieldsProps {
  draft: CollectionDraft;
  onChange: (draft: CollectionDraft) => void;
  /** By pointer, as the server says. */
  errors: Record<string, string>;
}
type PartProps = Pick<CollectionFieldsProps, 'draft' | 'errors'> & { set: (part: Partial<CollectionDraft>) => void };

const within = (errors: Record<string, string>, field: string): string | undefined =>
  Object.entries(errors).find(([pointer]) => pointer === field || pointer.startsWith(`${field}/`))?.[1];

const Passages = ({ draft, errors, set }: PartProps) => (
  <div className="grid gap-4 sm:grid-cols-3">
    <Field label={t('knowledge.language')} help={t('knowledge.language.help')} error={errors['/language']}>
      {(control) => (
        <Select
          {...control}
          value={draft.language}
          onChange={(language) => set({ language })}
          choices={LANGUAGES.map((value) => ({ value, label: t(`knowledge.language.${value}`) }))}
        />
      )}
    </Field>
    <Field
      label={t('knowledge.size')}
      help={t('knowledge.size.help')}
      error={isSize(draft.passageSize) ? errors['/passageSize'] : t('knowledge.size.bad')}
    >
      {(control) => (
        <Input {...control} inputMode="numeric" maxLength={4} value={draft.passageSize} onChange={(event) => set({ passageSize: event.target.value.trim() })} />
      )}
    </Field>
    <Field
      label={t('knowledge.overlap')}
      help={t('knowledge.overlap.help')}
      error={isOverlap(draft) ? errors['/passageOverlap'] : t('knowledge.overlap.bad')}
    >
      {(control) => (
        <Input {...control} inputMode="numeric" maxLength={4} value={draft.passageOverlap} onChange={(event) => set({ passageOverlap: event.target.value.trim() })} />
      )}
    </Field>
  </div>
); // prettier-ignore

/** What a collection is for, in which language, and who may see it. */
export function CollectionFields({ draft, onChange, errors }: CollectionFieldsProps) {
  const set = (part: Partial<CollectionDraft>) => onChange({ ...draft, ...part });
  return (
    <>
      <Field label={t('knowledge.name')} required error={errors['/name']}>
        {(control) => (
          <Input {...control} autoFocus maxLength={100} placeholder={t('knowledge.name.example')} value={draft.name} onChange={(event) => set({ name: event.target.value })} />
        )}
      </Field>
      <Field label={t('knowledge.description')} required={false} error={errors['/description']}>
        {(control) => <Textarea {...control} rows={2} maxLength={500} value={draft.description} onChange={(event) => set({ description: event.target.value })} />}
      </Field>
      <LabelsField value={draft.labels} error={within(errors, '/accessLabels')} onChange={(labels) => set({ labels })} />
      <Passages {...{ draft, errors, set }} />
      <Field inline label={t('knowledge.confidential')} help={t('knowledge.confidential.help')}>
        {(control) => <Checkbox {...control} checked={draft.confidential} onCheckedChange={(on) => set({ confidential: on === true })} />}
      </Field>
    </>
  );
} // prettier-ignore
