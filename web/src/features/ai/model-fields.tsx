import { t } from '#lib/i18n.ts';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { isContext, isHalfPriced, isPrice, type ModelDraft } from './model-draft.ts';

export interface ModelFieldsProps {
  draft: ModelDraft;
  onChange: (draft: ModelDraft) => void;
  /** By pointer, as the server says. */
  errors: Record<string, string>;
}
/** What it is called, how much it takes, what it costs. */
export function ModelFields({ draft, onChange, errors }: ModelFieldsProps) {
  const set = (part: Partial<ModelDraft>) => onChange({ ...draft, ...part });
  const half = isHalfPriced(draft) ? t('ai.model.price.half') : undefined;
  const priceFault = (text: string) => (isPrice(text) ? half : t('ai.model.price.bad'));
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('ai.provider.label')} required={false} error={errors['/label']}>
          {(control) => <Input {...control} maxLength={80} value={draft.label} onChange={(event) => set({ label: event.target.value })} />}
        </Field>
        <Field
          label={t('ai.model.context')}
          help={t('ai.model.context.help')}
          required={false}
          error={isContext(draft.context) ? errors['/context'] : t('ai.model.context.bad')}
        >
          {(control) => (
            <Input
              {...control}
              inputMode="numeric"
              maxLength={9}
              value={draft.context}
              onChange={(event) => set({ context: event.target.value.trim() })}
            />
          )}
        </Field>
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        {(['input', 'output'] as const).map((side) => (
          <Field
            key={side}
            label={t(`ai.model.${side}`)}
            help={t('ai.model.price.help')}
            required={false}
            error={priceFault(draft[side]) ?? errors[`/price/${side}`] ?? errors['/price']}
          >
            {(control) => (
              <Input {...control} inputMode="decimal" maxLength={16} value={draft[side]} onChange={(event) => set({ [side]: event.target.value })} />
            )}
          </Field>
        ))}
      </div>
    </>
  );
}
