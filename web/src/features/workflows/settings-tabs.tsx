import { useQuery } from '@tanstack/react-query';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import type { Named, Page } from '#lib/types.ts';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { MultiSelect } from '#ui/multi-select.tsx';
import { Select } from '#ui/select.tsx';
import { Textarea } from '#ui/textarea.tsx';
import { ChoiceField, NumberField, ToggleField } from './settings-fields.tsx';
import { RetryFields } from './settings-retry.tsx';
import { fixedBy, type Draft } from './settings-rules.ts';
import type { Workflow, WorkflowSettings, WorkflowSummary } from './types.ts';

export interface TabProps {
  workflow: Workflow;
  draft: Draft;
  onChange: (draft: Draft) => void;
  disabled: boolean;
  errors: Record<string, string>;
}
const useSet =
  ({ draft, onChange }: TabProps) =>
  (set: Partial<WorkflowSettings>) =>
    onChange({ ...draft, settings: { ...draft.settings, ...set } });

export function General({ draft, onChange, disabled, errors }: TabProps) {
  return (
    <>
      <Field label={t('workflows.name')} required error={errors['/name'] ?? (draft.name.trim() ? undefined : t('form.required'))}>
        {(control) => (
          <Input {...control} maxLength={100} disabled={disabled} value={draft.name} onChange={(event) => onChange({ ...draft, name: event.target.value })} />
        )}
      </Field>
      <Field label={t('workflows.description')} required={false} error={errors['/description']}>
        {(control) => (
          <Textarea {...control} rows={3} maxLength={2000} disabled={disabled} value={draft.description} onChange={(event) => onChange({ ...draft, description: event.target.value })} />
        )}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('workflows.folder')} required={false} error={errors['/folder']}>
          {(control) => (
            <Input {...control} maxLength={100} disabled={disabled} value={draft.folder} onChange={(event) => onChange({ ...draft, folder: event.target.value })} />
          )}
        </Field>
        <Field label={t('workflows.tags')} help={t('workflows.tags.help')} required={false} error={errors['/tags']}>
          {(control) => <MultiSelect control={control} free choices={[]} value={draft.tags} onChange={(tags) => onChange({ ...draft, tags })} />}
        </Field>
      </div>
      <ChoiceField name="logLevel" values={['debug', 'info', 'warn', 'error']} value={draft.settings.logLevel} disabled={disabled} onChange={(logLevel) => onChange({ ...draft, settings: { ...draft.settings, logLevel } })} />
    </>
  );
} // prettier-ignore

export function Runs(props: TabProps) {
  const { workflow, draft, disabled } = props;
  const set = useSet(props);
  const { settings } = draft;
  const fixed = fixedBy(workflow.draft, workflow.settings);
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <NumberField label={t('workflows.settings.timeout')} help={t('workflows.settings.timeout.help')} least={1} most={86_400} value={settings.timeoutSeconds} disabled={disabled} onChange={(timeoutSeconds) => set({ timeoutSeconds })} />
        <NumberField label={t('workflows.settings.lifetime')} help={t('workflows.settings.lifetime.help')} least={1} most={90} value={settings.lifetimeDays} disabled={disabled} onChange={(lifetimeDays) => set({ lifetimeDays })} />
        <NumberField label={t('workflows.settings.maxConcurrent')} help={t('workflows.settings.maxConcurrent.help')} least={1} most={1_000} value={settings.maxConcurrent} disabled={disabled} onChange={(maxConcurrent) => set({ maxConcurrent })} />
        <NumberField label={t('workflows.settings.parallel')} help={t('workflows.settings.parallel.help')} least={1} most={64} value={settings.parallelNodes} disabled={disabled} onChange={(parallelNodes) => set({ parallelNodes })} />
      </div>
      <Field label={t('workflows.settings.key')} help={t('workflows.settings.key.help')} required={false}>
        {(control) => (
          <Input {...control} mono disabled={disabled} maxLength={500} value={settings.concurrencyKey ?? ''} placeholder="{{ input.customer }}" onChange={(event) => {
            const { concurrencyKey: _old, ...rest } = settings;
            props.onChange({ ...draft, settings: event.target.value ? { ...rest, concurrencyKey: event.target.value } : rest });
          }} />
        )}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <ChoiceField name="onLimit" values={['queue', 'drop', 'cancel_previous']} value={settings.onLimit} disabled={disabled} onChange={(onLimit) => set({ onLimit })} />
        <ChoiceField name="priority" values={['low', 'normal', 'high', 'critical']} value={settings.priority} disabled={disabled} onChange={(priority) => set({ priority })} />
      </div>
      <ChoiceField name="durability" values={['full', 'end']} value={settings.durability} disabled={disabled} {...(fixed.durability ? { fixed: t('workflows.settings.durability.fixed') } : {})} onChange={(durability) => set({ durability })} />
    </>
  );
} // prettier-ignore

const NONE = '\u0000';

export function Errors(props: TabProps) {
  const { workflow, draft, disabled } = props;
  const set = useSet(props);
  const { settings } = draft;
  const others = useQuery({
    queryKey: ['/workflows', { trigger: 'error', limit: 100 }, 'choices'],
    queryFn: ({ signal }) => request<Page<WorkflowSummary>>('GET', '/workflows', { query: { limit: 100 }, signal }),
  }).data?.items;
  const choices = (others ?? []).filter(({ id }) => id !== workflow.id).map(({ id, name }) => ({ value: id, label: name }));
  return (
    <>
      <ChoiceField name="failureMode" values={['fail_fast', 'continue_on_error', 'collect_errors']} value={settings.failureMode} disabled={disabled} onChange={(failureMode) => set({ failureMode })} />
      <RetryFields value={settings.retry} disabled={disabled} onChange={(retry) => {
        const { retry: _old, ...rest } = settings;
        props.onChange({ ...draft, settings: retry ? { ...rest, retry } : rest });
      }} />
      <ChoiceField name="rollback" values={['none', 'ask', 'auto']} value={settings.rollbackOnFailure} disabled={disabled} onChange={(rollbackOnFailure) => set({ rollbackOnFailure })} />
      <Field label={t('workflows.settings.errorWorkflow')} help={t('workflows.settings.errorWorkflow.help')} required={false}>
        {(control) => (
          <Select {...control} disabled={disabled} value={settings.errorWorkflowId ?? NONE} choices={[{ value: NONE, label: t('form.unset') }, ...choices]} onChange={(value) => {
            const { errorWorkflowId: _old, ...rest } = settings;
            props.onChange({ ...draft, settings: value === NONE ? rest : { ...rest, errorWorkflowId: value } });
          }} />
        )}
      </Field>
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1 text-sm font-medium">{t('workflows.settings.notify')}</legend>
        {(['onFailure', 'onRecovery', 'onSuccess'] as const).map((name) => (
          <ToggleField key={name} label={t(`workflows.settings.notify.${name}`)} value={settings.notify[name]} disabled={disabled} onChange={(on) => set({ notify: { ...settings.notify, [name]: on } })} />
        ))}
      </fieldset>
    </>
  );
} // prettier-ignore

/** Whose rights it has when nobody starts it in person. */
function AccountField({ value, disabled, onChange }: { value: string | null; disabled: boolean; onChange: (id: string) => void }) {
  const accounts = useQuery({
    queryKey: ['/service-accounts', { limit: 100 }],
    queryFn: ({ signal }) => request<Page<Named>>('GET', '/service-accounts', { query: { limit: 100 }, signal }),
  }).data?.items;
  return (
    <Field label={t('workflows.settings.account')} help={t('workflows.settings.account.help')} required={false}>
      {(control) => (
        <Select
          {...control}
          disabled={disabled}
          value={value ?? undefined}
          placeholder={t('form.choose')}
          choices={(accounts ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          onChange={onChange}
        />
      )}
    </Field>
  );
}

export function Access(props: TabProps) {
  const { workflow, draft, disabled } = props;
  const set = useSet(props);
  const { settings } = draft;
  const fixed = fixedBy(workflow.draft, workflow.settings);
  return (
    <>
      <ChoiceField name="runAs" values={['invoker', 'service']} value={settings.runAs} disabled={disabled} {...(fixed.runAs ? { fixed: t('workflows.settings.runAs.fixed') } : {})} onChange={(runAs) => set({ runAs })} />
      {settings.runAs === 'service' && <AccountField value={draft.serviceAccountId} disabled={disabled} onChange={(serviceAccountId) => props.onChange({ ...draft, serviceAccountId })} />}
      <Field label={t('workflows.settings.environment')} help={t('workflows.settings.environment.help')} required={false}>
        {(control) => (
          <Input {...control} disabled={disabled} maxLength={63} value={settings.environment ?? ''} onChange={(event) => {
            const { environment: _old, ...rest } = settings;
            props.onChange({ ...draft, settings: event.target.value.trim() ? { ...rest, environment: event.target.value.trim() } : rest });
          }} />
        )}
      </Field>
      <p className="text-ink-2">{t('workflows.settings.owner', { name: workflow.owner.name })}</p>
    </>
  );
} // prettier-ignore

export function Data(props: TabProps) {
  const { draft, disabled } = props;
  const set = useSet(props);
  const { retention } = draft.settings;
  return (
    <>
      <p className="text-ink-2">{t('workflows.settings.data')}</p>
      <div className="grid gap-4 sm:grid-cols-3">
        <NumberField label={t('workflows.settings.success')} least={1} most={400} value={retention.successDays} disabled={disabled} onChange={(successDays) => set({ retention: { ...retention, successDays } })} />
        <NumberField label={t('workflows.settings.failed')} least={1} most={400} value={retention.failedDays} disabled={disabled} onChange={(failedDays) => set({ retention: { ...retention, failedDays } })} />
        <NumberField label={t('workflows.settings.payloads')} least={0} most={400} value={retention.payloadDays} disabled={disabled} onChange={(payloadDays) => set({ retention: { ...retention, payloadDays } })} />
      </div>
    </>
  );
} // prettier-ignore
