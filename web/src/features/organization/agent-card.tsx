import { t } from '#lib/i18n.ts';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import type { Settings } from './api.ts';
import { SwitchSetting } from './setting-fields.tsx';
import { SettingsCard } from './settings-card.tsx';

/** Which programs people may let act for them, and how those come in. */
export const AgentCard = ({ settings }: { settings: Settings }) => (
  <SettingsCard title={t('agents.title')} settings={settings} group="agents">
    {({ draft, set, errors, disabled }) => (
      <>
        <SwitchSetting
          label={t('org.agents.listed')}
          help={t('org.agents.listed.help')}
          on={draft.clients === 'listed'}
          disabled={disabled}
          onChange={(on) => set({ clients: on ? 'listed' : 'any' })}
        />
        <SwitchSetting
          label={t('org.agents.keys')}
          help={t('org.agents.keys.help')}
          on={draft.apiKeys}
          disabled={disabled}
          onChange={(apiKeys) => set({ apiKeys })}
        />
        <SwitchSetting
          label={t('org.agents.decisions')}
          help={t('org.agents.decisions.help')}
          on={draft.decisions}
          disabled={disabled}
          onChange={(decisions) => set({ decisions })}
        />
        <SwitchSetting
          label={t('org.agents.search')}
          help={t('org.agents.search.help')}
          on={draft.tools === 'search'}
          disabled={disabled}
          onChange={(on) => set({ tools: on ? 'search' : 'all' })}
        />
        {draft.tools === 'search' && (
          <Field label={t('org.agents.favourites')} help={t('org.agents.favourites.help')} error={errors['favourites']} required={false}>
            {(control) => (
              <Input
                {...control}
                mono
                disabled={disabled}
                defaultValue={draft.favourites.join(' ')}
                onChange={(event) => set({ favourites: event.target.value.split(/[\s,]+/).filter(Boolean) })}
              />
            )}
          </Field>
        )}
      </>
    )}
  </SettingsCard>
);
