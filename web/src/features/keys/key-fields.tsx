import { draftOf, EVERYTHING, scopeOf, type ScopeDraft } from '#features/access/scope.ts';
import { ScopeEditor } from '#features/access/scope-editor.tsx';
import type { ApiKey, Scope } from '#features/settings/types.ts';
import { t } from '#lib/i18n.ts';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';

/** What limits a key, while it is edited. */
export interface KeyDraft {
  name: string;
  permissions: string;
  scope: ScopeDraft;
  cidrs: string;
}
export const NEW_KEY: KeyDraft = { name: '', permissions: '', scope: EVERYTHING, cidrs: '' };
export const draftOfKey = ({ name, permissions, scope, cidrs }: ApiKey): KeyDraft => ({
  name,
  permissions: permissions?.join(' ') ?? '',
  scope: scope ? draftOf(scope) : EVERYTHING,
  cidrs: cidrs.join(' '),
});

const wordsOf = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean);
/** As the server wants it; null for "all that its owner may". */
export function limitsOf(draft: KeyDraft): { permissions: string[] | null; scope: Scope | null; cidrs: string[]; ready: boolean } {
  const permissions = wordsOf(draft.permissions);
  const { scope, ready } = scopeOf(draft.scope);
  return { permissions: permissions.length > 0 ? permissions : null, scope: 'all' in scope ? null : scope, cidrs: wordsOf(draft.cidrs), ready };
}
/** Places of a list have pointers of their own: `/cidrs/1`. */
const within = (errors: Record<string, string>, field: string): string | undefined =>
  Object.entries(errors).find(([pointer]) => pointer === field || pointer.startsWith(`${field}/`))?.[1];

export interface KeyFieldsProps {
  draft: KeyDraft;
  onChange: (draft: KeyDraft) => void;
  errors: Record<string, string>;
}
/** A name, and what the key may do less than its owner: by permission, by Scope, by network. */
export function KeyFields({ draft, onChange, errors }: KeyFieldsProps) {
  const set = (part: Partial<KeyDraft>) => onChange({ ...draft, ...part });
  return (
    <>
      <Field label={t('keys.column.name')} help={t('keys.name.help')} error={errors['/name']} required>
        {(control) => (
          <Input {...control} autoFocus required maxLength={100} value={draft.name} onChange={(event) => set({ name: event.target.value })} />
        )}
      </Field>
      <Field label={t('keys.column.permissions')} help={t('keys.permissions.help')} error={within(errors, '/permissions')} required={false}>
        {(control) => (
          <Input
            {...control}
            mono
            placeholder="servers:read dns:*"
            value={draft.permissions}
            onChange={(event) => set({ permissions: event.target.value })}
          />
        )}
      </Field>
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1 text-sm font-medium">{t('scope.title')}</legend>
        <ScopeEditor value={draft.scope} onChange={(scope) => set({ scope })} />
        {within(errors, '/scope') && <p className="text-xs text-bad">{within(errors, '/scope')}</p>}
      </fieldset>
      <Field label={t('keys.cidrs')} help={t('keys.cidrs.help')} error={within(errors, '/cidrs')} required={false}>
        {(control) => (
          <Input
            {...control}
            mono
            placeholder="198.51.100.0/24 2001:db8::/32"
            value={draft.cidrs}
            onChange={(event) => set({ cidrs: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}
