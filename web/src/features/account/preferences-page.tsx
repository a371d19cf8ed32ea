import { useMutation, useQuery } from '@tanstack/react-query';
import { Check } from 'lucide-react';
import { useMemo, type ReactNode } from 'react';
import { allNavigation } from '#features/shell/settings-navigation.ts';
import { listTime } from '#lib/formats.ts';
import { currentLanguage, LANGUAGES, t } from '#lib/i18n.ts';
import { applyPreferences, preferencesQuery, savePreferences, type Preferences } from '#lib/preferences.ts';
import { DATE_FORMATS } from '#lib/reader.ts';
import { permits, useMe } from '#lib/session.ts';
import { useNow } from '#lib/now.ts';
import type { Theme } from '#lib/theme.ts';
import { Card } from '#ui/card.tsx';
import { Combobox } from '#ui/combobox.tsx';
import { Field, type FieldControl } from '#ui/field.tsx';
import { PageFrame } from '#ui/page.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Select } from '#ui/select.tsx';
import { Loaded } from './loaded.tsx';

const THEMES: readonly Theme[] = ['system', 'light', 'dark'];
const HOUR = 3_600_000;
const deviceZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;

const Row = ({ label, help, children }: { label: string; help?: ReactNode; children: (control: FieldControl) => ReactNode }) => (
  <div className="max-w-md">
    <Field label={label} help={help}>
      {children}
    </Field>
  </div>
);

function Choices({ value, save }: { value: Preferences; save: (patch: Partial<Preferences>) => void }) {
  const { permissions } = useMe();
  const now = useNow();
  const zones = useMemo(
    () => [
      { value: '', label: t('preferences.zone.device', { zone: deviceZone }) },
      ...['UTC', ...Intl.supportedValuesOf('timeZone')].map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') })),
    ],
    [],
  );
  const pages = allNavigation
    .flatMap(({ items }) => items)
    .filter(({ to, permission }) => to !== '/settings' && (!permission || permits(permissions, permission)));
  const language = value.locale?.slice(0, 2) ?? currentLanguage();
  const landing = value.landingPage === '/dashboard' ? '/' : value.landingPage;
  return (
    <>
      <Card title={t('preferences.look')}>
        <div className="flex flex-col gap-4">
          <Row label={t('preferences.theme')}>
            {(control) => (
              <Select
                {...control}
                value={value.theme}
                onChange={(theme) => save({ theme })}
                choices={THEMES.map((theme) => ({ value: theme, label: t(`menu.theme.${theme}`) }))}
              />
            )}
          </Row>
          <Row label={t('preferences.language')}>
            {(control) => (
              <Select
                {...control}
                value={language}
                onChange={(locale) => save({ locale })}
                choices={Object.entries(LANGUAGES).map(([code, label]) => ({ value: code, label }))}
              />
            )}
          </Row>
        </div>
      </Card>
      <Card title={t('preferences.times')}>
        <div className="flex flex-col gap-4">
          <Row label={t('preferences.zone')} help={t('preferences.zone.help')}>
            {(control) => (
              <Combobox
                control={control}
                value={value.zone ?? ''}
                onChange={(zone) => save({ zone: zone || null })}
                choices={zones}
                placeholder={zones[0]!.label}
              />
            )}
          </Row>
          <Row
            label={t('preferences.dateFormat')}
            help={t('preferences.sample', {
              recent: listTime(new Date(now - HOUR).toISOString(), now),
              past: listTime(new Date(now - 30 * 24 * HOUR).toISOString(), now),
            })}
          >
            {(control) => (
              <Select
                {...control}
                value={value.dateFormat}
                onChange={(dateFormat) => save({ dateFormat })}
                choices={DATE_FORMATS.map((form) => ({ value: form, label: t(`preferences.dateFormat.${form}`) }))}
              />
            )}
          </Row>
        </div>
      </Card>
      <Card title={t('preferences.start')}>
        <Row label={t('preferences.landing')}>
          {(control) => (
            <Select
              {...control}
              value={landing}
              onChange={(landingPage) => save({ landingPage })}
              choices={pages.map(({ to, label }) => ({ value: to, label: t(label) }))}
            />
          )}
        </Row>
      </Card>
    </>
  );
}

/** How one likes the application. Each choice is applied and kept at once; choosing the other undoes it. */
export function PreferencesPage() {
  const preferences = useQuery(preferencesQuery);
  const save = useMutation({ mutationFn: savePreferences, onSuccess: applyPreferences });
  return (
    <PageFrame
      title={t('preferences.title')}
      width="reading"
      facts={
        <>
          {t('preferences.lead')}
          <span role="status" className="flex items-center gap-1 text-good">
            {save.isSuccess && (
              <>
                <Check aria-hidden className="size-3.5" />
                {t('preferences.saved')}
              </>
            )}
          </span>
        </>
      }
    >
      {save.error && <ProblemView error={save.error} />}
      <Loaded query={preferences} lines={6}>
        {(data) => <Choices value={data} save={(patch) => save.mutate(patch)} />}
      </Loaded>
    </PageFrame>
  );
}
