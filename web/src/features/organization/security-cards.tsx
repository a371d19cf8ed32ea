import { t } from '#lib/i18n.ts';
import { ChoiceList } from '#ui/choice-list.tsx';
import { Field } from '#ui/field.tsx';
import { Textarea } from '#ui/textarea.tsx';
import { Time } from '#ui/time.tsx';
import { AgentCard } from './agent-card.tsx';
import type { Settings } from './api.ts';
import { NumberSetting, SwitchSetting } from './setting-fields.tsx';
import { SettingsCard } from './settings-card.tsx';

const MFA = ['off', 'optional', 'required'] as const;
const SUPPORT = ['ask', 'allow', 'never'] as const;
const linesOf = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean);

/** How long sessions and keys last. */
const Lengths = ({ settings }: { settings: Settings }) => (
  <SettingsCard title={t('org.sessions')} settings={settings} group="security">
    {({ draft, set, errors, disabled }) => (
      <div className="grid gap-4 sm:grid-cols-2">
        <NumberSetting
          label={t('org.sessions.idle')}
          help={t('org.sessions.idle.help')}
          unit={t('org.unit.minutes')}
          min={5}
          max={1440}
          disabled={disabled}
          value={draft.sessionIdleMinutes}
          error={errors['sessionIdleMinutes']}
          onChange={(sessionIdleMinutes) => set({ sessionIdleMinutes })}
        />
        <NumberSetting
          label={t('org.sessions.absolute')}
          help={t('org.sessions.absolute.help')}
          unit={t('org.unit.hours')}
          min={1}
          max={2160}
          disabled={disabled}
          value={draft.sessionAbsoluteHours}
          error={errors['sessionAbsoluteHours']}
          onChange={(sessionAbsoluteHours) => set({ sessionAbsoluteHours })}
        />
        <NumberSetting
          label={t('org.keys.days')}
          help={t('org.keys.days.help')}
          unit={t('org.unit.days')}
          min={1}
          max={365}
          disabled={disabled}
          value={draft.apiKeyMaxDays}
          error={errors['apiKeyMaxDays']}
          onChange={(apiKeyMaxDays) => set({ apiKeyMaxDays })}
        />
      </div>
    )}
  </SettingsCard>
);

/** What passwords have to be beyond the rules of the installation. */
const Passwords = ({ settings }: { settings: Settings }) => (
  <SettingsCard title={t('org.password')} settings={settings} group="security">
    {({ draft, set, errors, disabled }) => (
      <>
        <div className="max-w-64">
          <NumberSetting
            label={t('org.password.length')}
            min={12}
            max={64}
            disabled={disabled}
            value={draft.passwordMinLength}
            error={errors['passwordMinLength']}
            onChange={(passwordMinLength) => set({ passwordMinLength })}
          />
        </div>
        <SwitchSetting
          label={t('org.password.classes')}
          help={t('org.password.classes.help')}
          on={draft.passwordClasses}
          disabled={disabled}
          onChange={(passwordClasses) => set({ passwordClasses })}
        />
      </>
    )}
  </SettingsCard>
);

/** How often one person may skip what others would have to agree to. */
const Emergencies = ({ settings }: { settings: Settings }) => (
  <SettingsCard title={t('emergency.title')} settings={settings} group="changes">
    {({ draft, set, errors, disabled }) => (
      <div className="max-w-64">
        <NumberSetting
          label={t('org.emergencies')}
          help={t('org.emergencies.help')}
          min={0}
          max={10}
          disabled={disabled}
          value={draft.emergenciesPerDay}
          error={errors['emergenciesPerDay']}
          onChange={(emergenciesPerDay) => set({ emergenciesPerDay })}
        />
      </div>
    )}
  </SettingsCard>
);

/** Who gets in, how well proven, for how long, and from where. */
export const SecurityCards = ({ settings }: { settings: Settings }) => (
  <div className="flex flex-col gap-5">
    <SettingsCard title={t('org.mfa')} settings={settings} group="security">
      {({ draft, set, disabled }) => (
        <>
          <ChoiceList
            label={t('org.mfa')}
            value={draft.mfa}
            onChange={(mfa) => !disabled && set({ mfa })}
            choices={MFA.map((value) => ({ value, label: t(`org.mfa.${value}`), help: t(`org.mfa.${value}.help`) }))}
          />
          {settings.mfaSince && (
            <p className="text-xs text-ink-2">
              {t('org.mfa.since')} <Time at={settings.mfaSince} />
            </p>
          )}
        </>
      )}
    </SettingsCard>
    <SettingsCard title={t('org.ip')} settings={settings} group="security">
      {({ draft, set, errors, disabled }) => (
        <Field label={t('org.ip.list')} help={t('org.ip.help')} error={errors['ipAllowList']} required={false}>
          {(control) => (
            <Textarea
              {...control}
              mono
              rows={4}
              spellCheck={false}
              disabled={disabled}
              placeholder={'198.51.100.0/24\n2001:db8:1::/48'}
              // Only what is stored or well parted counts as changed, so typing a space is no edit.
              defaultValue={draft.ipAllowList.join('\n')}
              onChange={(event) => set({ ipAllowList: linesOf(event.target.value) })}
            />
          )}
        </Field>
      )}
    </SettingsCard>
    <Lengths settings={settings} />
    <Passwords settings={settings} />
    <Emergencies settings={settings} />
    <AgentCard settings={settings} />
    <SettingsCard title={t('org.support')} settings={settings} group="security">
      {({ draft, set, disabled }) => (
        <ChoiceList
          label={t('org.support')}
          value={draft.supportAccess}
          onChange={(supportAccess) => !disabled && set({ supportAccess })}
          choices={SUPPORT.map((value) => ({ value, label: t(`org.support.${value}`), help: t(`org.support.${value}.help`) }))}
        />
      )}
    </SettingsCard>
  </div>
);
