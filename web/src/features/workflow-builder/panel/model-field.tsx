import { t } from '#lib/i18n.ts';
import type { JsonSchema } from '#lib/schema.ts';
import { useCan } from '#lib/session.ts';
import { useModels, type ModelChoice } from '#features/workflows/ai/api.ts';
import { Combobox } from '#ui/combobox.tsx';
import { Field } from '#ui/field.tsx';
import { MultiSelect } from '#ui/multi-select.tsx';
import { helpOf } from '#ui/operation-form/help.tsx';
import type { SchemaFieldProps } from '#ui/operation-form/types.ts';

interface DrawnProps {
  props: SchemaFieldProps;
  schema: JsonSchema;
  label: string;
}
const choiceOf = ({ id, label, provider, unavailable }: ModelChoice) => ({ value: id, label, hint: unavailable ?? provider });
const ofKind = (items: readonly ModelChoice[] | undefined, wanted: ModelChoice['kind']) =>
  (items ?? []).filter(({ kind }) => kind === wanted).map(choiceOf);
const chats = (items: readonly ModelChoice[] | undefined) => ofKind(items, 'chat');

/** Which model thinks, or tells what texts mean: one of the tenant's, or the default of its purpose. */
export function ModelField({ props, schema, label, purpose }: DrawnProps & { purpose: string }) {
  const { value, onChange, errors, pointer, required } = props;
  const models = useModels();
  const may = useCan('ai:read');
  const usual = models?.defaults[purpose];
  const note = may ? (models && models.items.length === 0 ? t('assist.model.none') : undefined) : t('blocked.permission', { permission: 'ai:read' });
  return (
    <Field label={label} help={helpOf(schema)} error={errors[pointer]} required={required}>
      {(control) => (
        <Combobox
          control={control}
          choices={[
            { value: '', label: usual ? t('builder.model.usual', { model: usual }) : t('builder.model.default') },
            ...ofKind(models?.items, purpose === 'embedding' ? 'embedding' : 'chat'),
          ]}
          value={typeof value === 'string' ? value : ''}
          onChange={(next) => onChange(next === '' ? undefined : next)}
          note={note}
          placeholder={usual ? t('builder.model.usual', { model: usual }) : t('builder.model.default')}
        />
      )}
    </Field>
  );
}

/** Models that are tried in this order when the first cannot be reached. */
export function ModelsField({ props, schema, label }: DrawnProps) {
  const { value, onChange, errors, pointer, required } = props;
  const models = useModels();
  return (
    <Field label={label} help={helpOf(schema)} error={errors[pointer]} required={required}>
      {(control) => (
        <MultiSelect
          control={control}
          free
          choices={chats(models?.items)}
          value={Array.isArray(value) ? value.map(String) : []}
          onChange={(next) => onChange(next.length === 0 ? undefined : next)}
        />
      )}
    </Field>
  );
}
