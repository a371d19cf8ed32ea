import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { useCan } from '#lib/session.ts';
import type { Page } from '#lib/types.ts';
import { Button } from '#ui/button.tsx';
import { Combobox } from '#ui/combobox.tsx';
import { Field } from '#ui/field.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';

const Create = lazy(() => import('./create-dialog.tsx').then(({ CreateSecretDialog }) => ({ default: CreateSecretDialog })));
const PREFIX = 'secret://';

const useNames = (enabled: boolean) =>
  useQuery({
    queryKey: ['/secrets', 'names'],
    queryFn: ({ signal }) => request<Page<{ name: string }>>('GET', '/secrets', { query: { limit: 200 }, signal }).then(({ items }) => items),
    enabled,
    staleTime: 30_000,
  });

export interface ReferenceFieldProps {
  label: ReactNode;
  help?: ReactNode;
  error?: string | undefined;
  required?: boolean;
  /** `secret://NAME`; empty when nothing is chosen. */
  value: string;
  onChange: (value: string | undefined) => void;
}
/** A reference to a secret: chosen by name, or made without leaving the form. The value itself never comes here. */
export function ReferenceField({ label, help, error, required = false, value, onChange }: ReferenceFieldProps) {
  const [creating, setCreating] = useState(false);
  const may = useCan('secrets:read');
  const blocked = useBlocked('secrets:write');
  const client = useQueryClient();
  const { data, isFetching } = useNames(may);
  const names = [...new Set((data ?? []).map(({ name }) => name))];
  const close = () => {
    setCreating(false);
    void client.invalidateQueries({ queryKey: ['/secrets', 'names'] });
  };
  return (
    <div className="flex flex-col gap-1">
      <Field label={label} help={help ?? t('builder.secret.help')} error={error} required={required}>
        {(control) => (
          <Combobox
            control={control}
            choices={names.map((name) => ({ value: `${PREFIX}${name}`, label: name }))}
            value={value}
            onChange={(next) => onChange(next === '' ? undefined : next.includes('://') || next.includes('{{') ? next : `${PREFIX}${next}`)}
            loading={isFetching}
            note={may ? undefined : t('blocked.permission', { permission: 'secrets:read' })}
            placeholder={t('builder.secret.choose')}
          />
        )}
      </Field>
      <div className="flex gap-1">
        <Button size="sm" variant="ghost" icon={<Plus aria-hidden className="size-3.5" />} blocked={blocked} onClick={() => setCreating(true)}>
          {t('builder.secret.create')}
        </Button>
        {value !== '' && (
          <Button size="sm" variant="ghost" onClick={() => onChange(undefined)}>
            {t('builder.secret.clear')}
          </Button>
        )}
      </div>
      {creating && (
        <Suspense fallback={null}>
          <Create onClose={close} />
        </Suspense>
      )}
    </div>
  );
}
