import { useState } from 'react';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { Drawer } from '#ui/drawer.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { draftOf, idpBody, NEW_IDP, type IdentityProvider, type IdpDraft } from './idp.ts';
import { IdpFields } from './idp-fields.tsx';
import { RoleMapping } from './role-mapping.tsx';
import { SwitchSetting } from './setting-fields.tsx';

const KEY = /^[a-z][a-z0-9-]{1,49}$/;
const isReady = ({ key, name, issuer, clientId }: IdpDraft): boolean =>
  KEY.test(key) && name.trim() !== '' && /^https?:\/\/[^?#]+$/.test(issuer) && clientId.trim() !== '';

const SWITCHES = ['jitProvisioning', 'trustMfa', 'trustEmail', 'enabled'] as const;

/** An identity provider, new or as it is: its registration, who it makes a member with which role, and what of it is trusted. */
export function IdpDrawer({ provider, onClose }: { provider?: IdentityProvider; onClose: () => void }) {
  const tell = useTell();
  const blocked = useBlocked('identityProviders:write');
  const [draft, setDraft] = useState<IdpDraft>(() => (provider ? draftOf(provider) : NEW_IDP));
  const [reviewing, setReviewing] = useState(false);
  const set = (part: Partial<IdpDraft>) => setDraft((now) => ({ ...now, ...part }));
  const body = idpBody(draft, provider);
  const unchanged = provider !== undefined && Object.keys(body).length === 0;
  const title = provider ? t('idp.edit.of', { name: provider.name }) : t('idp.add');
  return (
    <Drawer
      open
      width="lg"
      onOpenChange={(open) => !open && onClose()}
      title={title}
      description={t('idp.text')}
      footer={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button variant="primary" blocked={blocked} disabled={!blocked && (!isReady(draft) || unchanged)} onClick={() => setReviewing(true)}>
            {t('org.review')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5 p-5">
        <IdpFields draft={draft} set={set} stored={provider} />
        <RoleMapping mapping={draft.roleMapping} onChange={(roleMapping) => set({ roleMapping })} />
        <div className="flex flex-col gap-4">
          {SWITCHES.map((name) => (
            <SwitchSetting
              key={name}
              label={t(`idp.switch.${name}`)}
              help={t(`idp.switch.${name}.help`)}
              on={draft[name]}
              disabled={blocked !== null}
              onChange={(on) => set({ [name]: on })}
            />
          ))}
        </div>
      </div>
      {reviewing && (
        <ReviewDialog
          title={title}
          call={
            provider
              ? { method: 'PATCH', path: `/identity-providers/${provider.id}`, body, ifMatch: provider.version }
              : { method: 'POST', path: '/identity-providers', body }
          }
          action={t('action.save')}
          touched={['/identity-providers']}
          onClose={() => setReviewing(false)}
          onOutcome={(outcome) => {
            tell(outcome, t('idp.saved', { name: draft.name }));
            onClose();
          }}
        />
      )}
    </Drawer>
  );
}
