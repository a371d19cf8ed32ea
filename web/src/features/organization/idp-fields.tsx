import { words } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { PasswordInput } from '#ui/password-input.tsx';
import { Select } from '#ui/select.tsx';
import { ISSUERS, PRESETS, type IdentityProvider, type IdpDraft } from './idp.ts';

const NAMES: Record<string, string> = { entra: 'Microsoft Entra ID', okta: 'Okta', auth0: 'Auth0', keycloak: 'Keycloak', google: 'Google Workspace' };

export interface IdpFieldsProps {
  draft: IdpDraft;
  set: (part: Partial<IdpDraft>) => void;
  stored: IdentityProvider | undefined;
}
/** The registration at the provider. */
export const IdpFields = ({ draft, set, stored }: IdpFieldsProps) => (
  <div className="grid gap-4 sm:grid-cols-2">
    <Field label={t('idp.preset')} help={t('idp.preset.help')}>
      {(control) => (
        <Select
          {...control}
          disabled={stored !== undefined}
          value={draft.preset}
          onChange={(preset) => set({ preset })}
          choices={PRESETS.map((value) => ({ value, label: NAMES[value] ?? (value === 'generic' ? t('idp.preset.generic') : words(value)) }))}
        />
      )}
    </Field>
    <Field label={t('idp.name')} help={t('idp.name.help')} required>
      {(control) => <Input {...control} maxLength={100} value={draft.name} onChange={(event) => set({ name: event.target.value })} />}
    </Field>
    <Field label={t('idp.key')} help={t('idp.key.help')} required>
      {(control) => (
        <Input
          {...control}
          mono
          disabled={stored !== undefined}
          maxLength={50}
          placeholder="corporate"
          value={draft.key}
          onChange={(event) => set({ key: event.target.value })}
        />
      )}
    </Field>
    <Field label={t('idp.issuer')} help={t('idp.issuer.help')} required>
      {(control) => (
        <Input
          {...control}
          mono
          type="url"
          placeholder={ISSUERS[draft.preset]}
          value={draft.issuer}
          onChange={(event) => set({ issuer: event.target.value.trim() })}
        />
      )}
    </Field>
    <Field label={t('idp.clientId')} required>
      {(control) => <Input {...control} mono value={draft.clientId} onChange={(event) => set({ clientId: event.target.value.trim() })} />}
    </Field>
    <Field label={t('idp.clientSecret')} help={stored?.hasSecret ? t('idp.clientSecret.kept') : t('idp.clientSecret.help')} required={false}>
      {(control) => (
        <PasswordInput {...control} autoComplete="off" value={draft.clientSecret} onChange={(event) => set({ clientSecret: event.target.value })} />
      )}
    </Field>
    <Field label={t('idp.scopes')} help={t('idp.scopes.help')} required={false}>
      {(control) => <Input {...control} mono value={draft.scopes} onChange={(event) => set({ scopes: event.target.value })} />}
    </Field>
    <Field label={t('idp.groupsClaim')} help={t('idp.groupsClaim.help')} required={false}>
      {(control) => (
        <Input {...control} mono placeholder="groups" value={draft.groupsClaim} onChange={(event) => set({ groupsClaim: event.target.value })} />
      )}
    </Field>
  </div>
);
