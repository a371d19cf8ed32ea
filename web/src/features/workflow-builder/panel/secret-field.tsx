import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import type { JsonSchema } from '#lib/schema.ts';
import { useCan } from '#lib/session.ts';
import type { Page } from '#lib/types.ts';
import { Button } from '#ui/button.tsx';
import { Combobox } from '#ui/combobox.tsx';
import { Field } from '#ui/field.tsx';
import { helpOf } from '#ui/operation-form/help.tsx';
import type { SchemaFieldProps } from '#ui/operation-form/types.ts';

const Create = lazy(() => import('#features/secrets/create-dialog.tsx').then(({ CreateSecretDialog }) => ({ default: CreateSecretDialog })));
const PREFIX = 'secret://';

const useSecrets = (enabled: boolean) =>
  useQuery({
    queryKey: ['/secrets', 'names'],
    queryFn: ({ signal }) =>
      request<Page<{ id: string; name: string; scope?: string }>>('GET', '/secrets', { query: { limit: 200 }, signal }).then(({ items }) => items),
    enabled,
    staleTime: 30_000,
  });

/** A reference to a secret: chosen by name, or made without leaving the builder. The value itself never comes here. */
export function SecretField({ props, schema, label }: { props: SchemaFieldProps; schema: JsonSchema; label: string }) {
  const { value, onChange, errors, pointer, required } = props;
  const [creating, setCreating] = useState(false);
  const [may, mayWrite] = [useCan('secrets:read'), useCan('secrets:write')];
  const client = useQueryClient();
  const { data, isFetching } = useSecrets(may);
  const names = [...new Set((data ?? []).map(({ name }) => name))];
  const close = () => {
    setCreating(false);
    void client.invalidateQueries({ queryKey: ['/secrets', 'names'] });
  };
  return (
    <div className="flex flex-col gap-1">
      <Field label={label} help={helpOf(schema) ?? t('builder.secret.help')} error={errors[pointer]} required={required}>
        {(control) => (
          <Combobox
            control={control}
            choices={names.map((name) => ({ value: `${PREFIX}${name}`, label: name }))}
            value={typeof value === 'string' ? value : ''}
            onChange={(next) => onChange(next === '' ? undefined : next.includes('://') || next.includes('{{') ? next : `${PREFIX}${next}`)}
            loading={isFetching}
            note={may ? undefined : t('blocked.permission', { permission: 'secrets:read' })}
            placeholder={t('builder.secret.choose')}
          />
        )}
      </Field>
      <div className="flex gap-1">
        <Button
          size="sm"
          variant="ghost"
          icon={<Plus aria-hidden className="size-3.5" />}
          blocked={mayWrite ? null : t('blocked.permission', { permission: 'secrets:write' })}
          onClick={() => setCreating(true)}
        >
          {t('builder.secret.create')}
        </Button>
        {typeof value === 'string' && value !== '' && (
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
