import { t } from '#lib/i18n.ts';
import { ChoiceList } from '#ui/choice-list.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { Select } from '#ui/select.tsx';
import { alphabetsFor, isLength, type ValueDraft } from './draft.ts';
import { ValueField } from './value-field.tsx';
import type { ValueType } from './value-types.ts';

export interface NewValueFieldsProps {
  type: ValueType;
  draft: ValueDraft;
  onChange: (draft: ValueDraft) => void;
  errors: Record<string, string>;
  autoFocus?: boolean;
}

function GeneratorFields({ type, draft, onChange, errors }: NewValueFieldsProps) {
  const alphabets = alphabetsFor(type);
  const chosen = alphabets.includes(draft.alphabet) ? draft.alphabet : alphabets[0]!;
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2">
      <Field
        label={t('secrets.generate.length')}
        help={t('secrets.generate.length.help')}
        error={isLength(draft.length) ? errors['/generate/length'] : t('secrets.generate.length.form')}
        required
      >
        {(control) => (
          <Input
            {...control}
            inputMode="numeric"
            value={draft.length}
            onChange={(event) => onChange({ ...draft, length: event.target.value.trim() })}
          />
        )}
      </Field>
      <Field label={t('secrets.generate.alphabet')} help={t('secrets.generate.once')} error={errors['/generate/alphabet']}>
        {(control) => (
          <Select
            {...control}
            value={chosen}
            onChange={(alphabet) => onChange({ ...draft, alphabet })}
            choices={alphabets.map((value) => ({ value, label: t(`secrets.alphabet.${value}`) }))}
          />
        )}
      </Field>
    </div>
  );
}

/** The value itself: entered, or made by the server where it can make one of this type. */
export function NewValueFields(props: NewValueFieldsProps) {
  const { type, draft, onChange, errors, autoFocus = false } = props;
  const makes = alphabetsFor(type).length > 0;
  return (
    <>
      {makes && (
        <ChoiceList
          label={t('secrets.how')}
          className="sm:flex-row! sm:gap-8!"
          value={draft.how}
          // What was typed does not stay behind where it is not in sight.
          onChange={(how) => onChange({ ...draft, how, value: '' })}
          choices={(['typed', 'generated'] as const).map((value) => ({ value, label: t(`secrets.how.${value}`) }))}
        />
      )}
      {makes && draft.how === 'generated' ? (
        <GeneratorFields {...props} />
      ) : (
        <ValueField
          type={type}
          value={draft.value}
          onChange={(value) => onChange({ ...draft, value })}
          error={errors['/value']}
          autoFocus={autoFocus}
        />
      )}
    </>
  );
}
