import { LANGUAGES, t } from '#lib/i18n.ts';
import { WRITTEN } from '#lib/written.ts';
import { Combobox } from '#ui/combobox.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { Select } from '#ui/select.tsx';
import type { Settings } from './api.ts';
import { SwitchSetting } from './setting-fields.tsx';
import { SettingsCard } from './settings-card.tsx';

const ZONES = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])].map((value) => ({ value, label: value }));
const languages = WRITTEN.map((value) => ({ value, label: LANGUAGES[value] }));

/** What new people and new things begin with, and which mails go out. */
export const DefaultsCards = ({ settings }: { settings: Settings }) => (
  <div className="flex flex-col gap-5">
    <SettingsCard title={t('org.defaults')} settings={settings} group="defaults">
      {({ draft, set, errors, disabled }) => (
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t('org.defaults.locale')} help={t('org.defaults.locale.help')}>
            {(control) => <Select {...control} disabled={disabled} value={draft.locale} onChange={(locale) => set({ locale })} choices={languages} />}
          </Field>
          <Field label={t('org.defaults.zone')} error={errors['zone']}>
            {(control) => <Combobox control={control} choices={ZONES} value={draft.zone} onChange={(zone) => !disabled && set({ zone })} />}
          </Field>
          <Field label={t('org.defaults.currency')} help={t('org.defaults.currency.help')} error={errors['currency']}>
            {(control) => (
              <Input
                {...control}
                mono
                disabled={disabled}
                maxLength={3}
                value={draft.currency}
                onChange={(event) => set({ currency: event.target.value.toUpperCase() })}
              />
            )}
          </Field>
          <Field label={t('org.defaults.environment')} help={t('org.defaults.environment.help')} error={errors['environment']} required={false}>
            {(control) => (
              <Input
                {...control}
                disabled={disabled}
                maxLength={50}
                value={draft.environment ?? ''}
                onChange={(event) => set({ environment: event.target.value.trim() || null })}
              />
            )}
          </Field>
        </div>
      )}
    </SettingsCard>
    <SettingsCard title={t('org.notifications')} settings={settings} group="notifications">
      {({ draft, set, disabled }) => (
        <>
          <SwitchSetting
            label={t('org.notifications.security')}
            help={t('org.notifications.security.help')}
            on={draft.securityMail}
            disabled={disabled}
            onChange={(securityMail) => set({ securityMail })}
          />
          <SwitchSetting
            label={t('org.notifications.changes')}
            help={t('org.notifications.changes.help')}
            on={draft.changesMail}
            disabled={disabled}
            onChange={(changesMail) => set({ changesMail })}
          />
        </>
      )}
    </SettingsCard>
  </div>
);
