import { t } from '#lib/i18n.ts';
import { ChoiceField, NumberField, ToggleField } from './settings-fields.tsx';
import type { WorkflowSettings } from './types.ts';

type Retry = NonNullable<WorkflowSettings['retry']>;
const FIRST: Retry = { maxAttempts: 3, strategy: 'exponential', initialDelayMs: 60_000, maxDelayMs: 3_600_000 };
const SECOND = 1_000;

interface RetryFieldsProps {
  value: Retry | undefined;
  disabled: boolean;
  /** Undefined takes it away. */
  onChange: (value: Retry | undefined) => void;
}
/** How the whole is tried again after a failure that no node handled. */
export function RetryFields({ value, disabled, onChange }: RetryFieldsProps) {
  const on = value !== undefined;
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="sr-only">{t('workflows.settings.retry')}</legend>
      <ToggleField label={t('workflows.settings.retry')} help={t('workflows.settings.retry.help')} value={on} disabled={disabled} onChange={(wanted) => onChange(wanted ? FIRST : undefined)} />
      {on && (
        <div className="grid gap-4 sm:grid-cols-3">
          <NumberField label={t('workflows.settings.retry.attempts')} help={t('workflows.settings.retry.attempts.help')} least={2} most={10} value={value.maxAttempts ?? 3} disabled={disabled} onChange={(maxAttempts) => onChange({ ...value, maxAttempts })} />
          <NumberField label={t('workflows.settings.retry.delay')} help={t('workflows.settings.retry.delay.help')} least={0} most={3_600} value={Math.round((value.initialDelayMs ?? SECOND) / SECOND)} disabled={disabled} onChange={(seconds) => onChange({ ...value, initialDelayMs: seconds * SECOND, maxDelayMs: Math.max(value.maxDelayMs ?? 0, seconds * SECOND) })} />
          <ChoiceField name="retry.strategy" values={['fixed', 'linear', 'exponential']} value={value.strategy ?? 'exponential'} disabled={disabled} onChange={(strategy) => onChange({ ...value, strategy })} />
        </div>
      )}
    </fieldset>
  );
} // prettier-ignore
