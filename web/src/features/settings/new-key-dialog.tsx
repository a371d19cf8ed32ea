import { useMutation, useQueryClient } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { errorsByPointer, toProblem } from '#lib/problem.ts';
import { Button } from '#ui/button.tsx';
import { CodeBlock } from '#ui/code-block.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Select } from '#ui/select.tsx';
import type { NewApiKey } from './types.ts';

const DAYS = ['7', '30', '90', '365'] as const;

/** Shown once: the server keeps only a hash. Closing needs the button, so that a stray click does not lose the key. */
const Shown = ({ made, onClose }: { made: NewApiKey; onClose: () => void }) => (
  <Dialog
    open
    onOpenChange={() => undefined}
    title={t('keys.made.title', { name: made.name })}
    footer={
      <Button variant="primary" onClick={onClose}>
        {t('keys.made.done')}
      </Button>
    }
  >
    <div className="flex flex-col gap-3">
      <p className="flex gap-2 rounded-md bg-warn-wash px-3 py-2">
        <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
        {t('keys.made.once')}
      </p>
      <CodeBlock wrap label={t('keys.column.key')} code={made.key} />
      <p className="text-ink-2">{t('keys.made.use')}</p>
      <CodeBlock label="curl" code={`curl -H "Authorization: Bearer ${made.key}" \\\n  ${location.origin}/api/v1/me`} />
    </div>
  </Dialog>
);

/** Make a key: a name, how long, and optionally less than one's own rights. */
export function NewKeyDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [days, setDays] = useState<(typeof DAYS)[number]>('90');
  const [permissions, setPermissions] = useState('');
  const create = useMutation({
    mutationFn: () => {
      const patterns = permissions.split(/[\s,]+/).filter(Boolean);
      return request<NewApiKey>('POST', '/api-keys', {
        body: { name, expiresInDays: Number(days), ...(patterns.length > 0 ? { permissions: patterns } : {}) },
        headers: { 'idempotency-key': crypto.randomUUID() },
      });
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['/api-keys'] }),
    // The key must not stay in memory once the dialog is gone.
    gcTime: 0,
  });
  if (create.data) return <Shown made={create.data} onClose={onClose} />;

  const errors = errorsByPointer(create.error && toProblem(create.error));
  const placed = Object.keys(errors).length > 0;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('keys.create')}
      description={t('keys.create.text')}
      footer={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button type="submit" form="new-key" variant="primary" busy={create.isPending}>
            {t('action.create')}
          </Button>
        </>
      }
    >
      <form
        id="new-key"
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!create.isPending) create.mutate();
        }}
      >
        {create.error && !placed && <ProblemView error={create.error} />}
        <Field label={t('keys.column.name')} help={t('keys.name.help')} error={errors['/name']} required>
          {(control) => <Input {...control} autoFocus required maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />}
        </Field>
        <Field label={t('keys.days')} error={errors['/expiresInDays']}>
          {(control) => (
            <Select
              {...control}
              value={days}
              onChange={setDays}
              choices={DAYS.map((value) => ({ value, label: t('keys.days.choice', { count: Number(value) }) }))}
            />
          )}
        </Field>
        <Field
          label={t('keys.column.permissions')}
          help={t('keys.permissions.help')}
          error={errors['/permissions'] ?? errors['/permissions/0']}
          required={false}
        >
          {(control) => (
            <Input {...control} mono placeholder="servers:read dns:*" value={permissions} onChange={(event) => setPermissions(event.target.value)} />
          )}
        </Field>
      </form>
    </Dialog>
  );
}
