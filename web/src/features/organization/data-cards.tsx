import { t } from '#lib/i18n.ts';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { Select } from '#ui/select.tsx';
import type { Settings } from './api.ts';
import { NumberSetting, SwitchSetting } from './setting-fields.tsx';
import { SettingsCard } from './settings-card.tsx';

const FRAMEWORKS = ['gdpr', 'ccpa', 'hipaa', 'soc2', 'custom'] as const;

/** How long data is kept and under which rules, and what may leave to models. */
export const DataCards = ({ settings }: { settings: Settings }) => (
  <div className="flex flex-col gap-5">
    <SettingsCard title={t('org.data')} settings={settings} group="data">
      {({ draft, set, errors, disabled }) => (
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t('org.data.framework')} help={t('org.data.framework.help')}>
            {(control) => (
              <Select
                {...control}
                disabled={disabled}
                value={draft.framework}
                onChange={(framework) => set({ framework })}
                choices={FRAMEWORKS.map((value) => ({ value, label: value === 'custom' ? t('org.data.framework.custom') : value.toUpperCase() }))}
              />
            )}
          </Field>
          <Field label={t('org.data.region')} error={errors['region']}>
            {(control) => (
              <Input
                {...control}
                mono
                disabled={disabled}
                maxLength={50}
                value={draft.region}
                onChange={(event) => set({ region: event.target.value })}
              />
            )}
          </Field>
          <NumberSetting
            label={t('org.data.audit')}
            unit={t('org.unit.days')}
            min={30}
            max={3650}
            disabled={disabled}
            value={draft.auditRetentionDays}
            error={errors['auditRetentionDays']}
            onChange={(auditRetentionDays) => set({ auditRetentionDays })}
          />
          <NumberSetting
            label={t('org.data.reads')}
            unit={t('org.unit.days')}
            min={0}
            max={3650}
            disabled={disabled}
            value={draft.readRetentionDays}
            error={errors['readRetentionDays']}
            onChange={(readRetentionDays) => set({ readRetentionDays })}
          />
        </div>
      )}
    </SettingsCard>
    <SettingsCard title={t('org.ai')} settings={settings} group="ai">
      {({ draft, set, errors, disabled }) => (
        <>
          <Field label={t('org.ai.models')} help={t('org.ai.models.help')} error={errors['models']} required={false}>
            {(control) => (
              <Input
                {...control}
                mono
                disabled={disabled}
                defaultValue={draft.models.join(' ')}
                onChange={(event) => set({ models: event.target.value.split(/[\s,]+/).filter(Boolean) })}
              />
            )}
          </Field>
          <SwitchSetting
            label={t('org.ai.workflows')}
            help={t('org.ai.workflows.help')}
            on={draft.workflows}
            disabled={disabled}
            onChange={(workflows) => set({ workflows })}
          />
        </>
      )}
    </SettingsCard>
  </div>
);
