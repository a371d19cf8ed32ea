import { Plus, Trash2 } from 'lucide-react';
import { RoleSelect } from '#features/access/role-select.tsx';
import { ScopeView } from '#features/access/scope-view.tsx';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import type { Mapping } from './idp.ts';

/** Which group of the provider gives which role. What a group no longer gives is taken at the next sign-in. */
export function RoleMapping({ mapping, onChange }: { mapping: readonly Mapping[]; onChange: (mapping: readonly Mapping[]) => void }) {
  const put = (at: number, part: Partial<Mapping>) => onChange(mapping.map((one, i) => (i === at ? { ...one, ...part } : one)));
  return (
    <Card
      flush
      title={t('idp.mapping')}
      aside={
        <Button
          size="sm"
          icon={<Plus aria-hidden className="size-3.5" />}
          onClick={() => onChange([...mapping, { value: '', roleId: '', scope: { all: true } }])}
        >
          {t('idp.mapping.add')}
        </Button>
      }
    >
      {mapping.length === 0 && <p className="px-4 py-3 text-pretty text-ink-2">{t('idp.mapping.none')}</p>}
      <ul className="divide-y divide-line">
        {mapping.map((one, at) => (
          <li key={at} className="grid items-start gap-3 px-4 py-3 sm:grid-cols-[1fr_1fr_auto]">
            <Field label={t('idp.mapping.group')}>
              {(control) => (
                <Input {...control} mono maxLength={256} value={one.value} onChange={(event) => put(at, { value: event.target.value })} />
              )}
            </Field>
            <Field label={t('grants.role')}>
              {(control) => <RoleSelect control={control} value={one.roleId} onChange={(roleId) => put(at, { roleId })} />}
            </Field>
            <Button
              size="icon"
              variant="ghost"
              className="sm:mt-6"
              aria-label={t('idp.mapping.remove', { number: at + 1 })}
              onClick={() => onChange(mapping.filter((_, i) => i !== at))}
            >
              <Trash2 aria-hidden className="size-4" />
            </Button>
            {'any' in one.scope && (
              <div className="sm:col-span-3">
                <ScopeView scope={one.scope} />
              </div>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
