import { ReferenceField } from '#features/secrets/reference-field.tsx';
import { t } from '#lib/i18n.ts';
import { Checkbox } from '#ui/checkbox.tsx';
import { ChoiceList } from '#ui/choice-list.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { draftFor, isAddress, isName, isRegion, isTimeout, needsAddress, needsKey, type ProviderDraft } from './provider-draft.ts';
import { KINDS } from './types.ts';

export interface ProviderFieldsProps {
  draft: ProviderDraft;
  onChange: (draft: ProviderDraft) => void;
  /** By pointer, as the server says. */
  errors: Record<string, string>;
  /** The kind of one that exists stays as it is. */
  fresh: boolean;
}
type PartProps = Pick<ProviderFieldsProps, 'draft' | 'errors'> & { set: (part: Partial<ProviderDraft>) => void };

const Names = ({ draft, errors, set, fresh }: PartProps & { fresh: boolean }) => (
  <div className="grid gap-4 sm:grid-cols-2">
    <Field label={t('ai.provider.label')} help={t('ai.provider.label.help')} required error={errors['/label']}>
      {(control) => <Input {...control} maxLength={80} value={draft.label} onChange={(event) => set({ label: event.target.value })} />}
    </Field>
    <Field
      label={t('ai.provider.name')}
      help={fresh ? t('ai.provider.name.help', { name: draft.name || 'local' }) : t('ai.provider.name.stays')}
      required
      error={draft.name && !isName(draft.name) ? t('ai.provider.name.bad') : errors['/name']}
    >
      {(control) => (
        <Input
          {...control}
          mono
          maxLength={40}
          spellCheck={false}
          disabled={!fresh}
          value={draft.name}
          onChange={(event) => set({ name: event.target.value.toLowerCase().trim() })}
        />
      )}
    </Field>
  </div>
);

const Where = ({ draft, errors, set }: PartProps) => (
  <>
    <Field
      label={t('ai.provider.baseUrl')}
      help={t(needsAddress(draft.kind) ? `ai.provider.baseUrl.${draft.kind === 'azure' ? 'azure' : 'compatible'}` : 'ai.provider.baseUrl.help')}
      required={needsAddress(draft.kind)}
      error={draft.baseUrl && !isAddress(draft.baseUrl) ? t('ai.provider.baseUrl.bad') : errors['/baseUrl']}
    >
      {(control) => (
        <Input {...control} mono type="url" maxLength={500} placeholder="https://llm.example.com/v1" value={draft.baseUrl} onChange={(event) => set({ baseUrl: event.target.value.trim() })} />
      )}
    </Field>
    <div className="grid gap-4 sm:grid-cols-2">
      <Field
        label={t('ai.provider.region')}
        help={t('ai.provider.region.help')}
        required={false}
        error={isRegion(draft.region) ? errors['/region'] : t('ai.provider.region.bad')}
      >
        {(control) => <Input {...control} mono maxLength={40} placeholder="eu" value={draft.region} onChange={(event) => set({ region: event.target.value.trim() })} />}
      </Field>
      <Field
        label={t('ai.provider.timeout')}
        help={t('ai.provider.timeout.help')}
        error={isTimeout(draft.timeoutSeconds) ? errors['/timeoutSeconds'] : t('ai.provider.timeout.bad')}
      >
        {(control) => (
          <Input {...control} inputMode="numeric" className="max-w-28" maxLength={3} value={draft.timeoutSeconds} onChange={(event) => set({ timeoutSeconds: event.target.value.trim() })} />
        )}
      </Field>
    </div>
  </>
); // prettier-ignore

/** Who answers, where, with which key, and what may be sent there. */
export function ProviderFields({ draft, onChange, errors, fresh }: ProviderFieldsProps) {
  const set = (part: Partial<ProviderDraft>) => onChange({ ...draft, ...part });
  return (
    <>
      {fresh && (
        <ChoiceList
          label={t('ai.provider.kind')}
          className="grid gap-x-6 gap-y-3 sm:grid-cols-2"
          value={draft.kind}
          onChange={(kind) => onChange({ ...draftFor(kind), apiKey: draft.apiKey })}
          choices={KINDS.map((value) => ({ value, label: t(`ai.kind.${value}`), help: t(`ai.kind.${value}.help`) }))}
        />
      )}
      <Names {...{ draft, errors, set, fresh }} />
      {draft.kind !== 'mock' && (
        <>
          <ReferenceField
            label={t('ai.provider.key')}
            help={t('ai.provider.key.help')}
            required={needsKey(draft.kind)}
            error={errors['/apiKey']}
            value={draft.apiKey}
            onChange={(apiKey) => set({ apiKey: apiKey ?? '' })}
          />
          <Where {...{ draft, errors, set }} />
        </>
      )}
      <Field inline label={t('ai.provider.confidential')} help={t('ai.provider.confidential.help')}>
        {(control) => <Checkbox {...control} checked={draft.confidential} onCheckedChange={(on) => set({ confidential: on === true })} />}
      </Field>
    </>
  );
}
