import { useQuery } from '@tanstack/react-query';
import { Fingerprint, Plus } from 'lucide-react';
import { useState } from 'react';
import { Loaded } from '#features/account/loaded.tsx';
import { Rows } from '#features/account/rows.tsx';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { useCan, useMe } from '#lib/session.ts';
import type { Page } from '#lib/types.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { Checkbox } from '#ui/checkbox.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { Field } from '#ui/field.tsx';
import { PageFrame } from '#ui/page.tsx';
import { PermissionGate } from '#ui/permission-gate.tsx';
import { settingsQuery, SIGN_IN_WAYS, type Settings } from './api.ts';
import { IdpDrawer } from './idp-drawer.tsx';
import { IdpRow } from './idp-row.tsx';
import type { IdentityProvider } from './idp.ts';
import { SwitchSetting } from './setting-fields.tsx';
import { SettingsCard } from './settings-card.tsx';

const Ways = ({ settings }: { settings: Settings }) => (
  <SettingsCard title={t('signIn.ways')} settings={settings} group="security">
    {({ draft, set, errors, disabled }) => (
      <>
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-2 text-ink-2">{t('signIn.ways.text')}</legend>
          <div className="grid gap-2 sm:grid-cols-2">
            {SIGN_IN_WAYS.map((way) => (
              <Field key={way} label={t(`signIn.way.${way}`)} inline>
                {(control) => (
                  <Checkbox
                    {...control}
                    disabled={disabled}
                    checked={draft.allowedSignIn.includes(way)}
                    onCheckedChange={(on) =>
                      set({ allowedSignIn: SIGN_IN_WAYS.filter((one) => (one === way ? on === true : draft.allowedSignIn.includes(one))) })
                    }
                  />
                )}
              </Field>
            ))}
          </div>
          {errors['allowedSignIn'] && <p className="text-xs text-bad">{errors['allowedSignIn']}</p>}
        </fieldset>
        <SwitchSetting
          label={t('signIn.enforced')}
          help={t('signIn.enforced.help')}
          on={draft.ssoEnforced}
          disabled={disabled}
          error={errors['ssoEnforced']}
          onChange={(ssoEnforced) => set({ ssoEnforced })}
        />
      </>
    )}
  </SettingsCard>
);

/** How people get in: the organisation's own identity providers, and which of the other ways count. */
export function SignInPage() {
  const { tenant } = useMe();
  const readable = useCan('tenants:read');
  const settings = useQuery({ ...settingsQuery(tenant.id), enabled: readable });
  const providers = useQuery({
    queryKey: ['/identity-providers'],
    queryFn: ({ signal }) => request<Page<IdentityProvider>>('GET', '/identity-providers', { query: { limit: 200 }, signal }),
  });
  const [editing, setEditing] = useState<IdentityProvider | 'new' | null>(null);
  const add = (
    <PermissionGate permission="identityProviders:write">
      {(blocked) => (
        <Button
          variant="primary"
          data-hotkey="n"
          blocked={blocked}
          icon={<Plus aria-hidden className="size-3.5" />}
          onClick={() => setEditing('new')}
        >
          {t('idp.add')}
        </Button>
      )}
    </PermissionGate>
  );
  return (
    <PageFrame title={t('signIn.title')} facts={t('signIn.lead')} width="reading" actions={add}>
      <Card flush title={t('idp.list')}>
        <div className={providers.data ? '' : 'p-4'}>
          <Loaded query={providers}>
            {({ items }) =>
              items.length === 0 ? (
                <EmptyState icon={Fingerprint} title={t('idp.empty.title')}>
                  {t('idp.empty.text')}
                </EmptyState>
              ) : (
                <Rows label={t('idp.list')}>
                  {items.map((provider) => (
                    <IdpRow key={provider.id} provider={provider} onEdit={() => setEditing(provider)} />
                  ))}
                </Rows>
              )
            }
          </Loaded>
        </div>
      </Card>
      {readable && (
        <Loaded query={settings} lines={6}>
          {(data) => <Ways key={data.version} settings={data} />}
        </Loaded>
      )}
      {editing && <IdpDrawer {...(editing === 'new' ? {} : { provider: editing })} onClose={() => setEditing(null)} />}
    </PageFrame>
  );
}
