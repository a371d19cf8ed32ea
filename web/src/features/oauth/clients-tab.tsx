import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Plus, Puzzle } from 'lucide-react';
import { useMemo, useState } from 'react';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { usePages } from '#lib/pages.ts';
import { errorsByPointer, toProblem } from '#lib/problem.ts';
import { useCan } from '#lib/session.ts';
import { Button } from '#ui/button.tsx';
import { Confirm } from '#ui/confirm.tsx';
import { DataTable, type Column } from '#ui/data-table/index.ts';
import { Dialog } from '#ui/dialog.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Textarea } from '#ui/textarea.tsx';
import { Time } from '#ui/time.tsx';
import { toast } from '#ui/toast.tsx';
import type { AgentClient } from './api.ts';

const columnsOf = (mayWrite: boolean, onRemove: (client: AgentClient) => void): Column<AgentClient>[] => [
  { id: 'name', header: t('programs.column.name'), width: '14rem', fixed: true, cell: ({ name }) => <span className="font-medium">{name}</span>, csv: ({ name }) => name },
  { id: 'clientId', header: t('programs.column.id'), cell: ({ clientId }) => <code className="text-xs break-all">{clientId}</code>, csv: ({ clientId }) => clientId },
  { id: 'created', header: t('programs.column.created'), width: '9rem', hideBelow: 'md', cell: ({ createdAt }) => <Time at={createdAt} />, csv: ({ createdAt }) => createdAt },
  ...(mayWrite ? [{ id: 'actions', header: t('agents.column.actions'), width: '8rem', align: 'end' as const, fixed: true, cell: (client: AgentClient) => <Button size="sm" variant="danger-quiet" aria-label={t('programs.remove.of', { name: client.name })} onClick={() => onRemove(client)}>{t('programs.remove')}</Button> }] : []),
]; // prettier-ignore

function NewClient({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const [draft, setDraft] = useState({ name: '', clientId: '', redirectUris: '' });
  const save = useMutation({
    mutationFn: () => {
      const { name, clientId, redirectUris } = draft;
      const uris = redirectUris.split(/\s+/).filter(Boolean);
      return request<AgentClient>('POST', '/agent-clients', { body: { name, ...(clientId.trim() ? { clientId: clientId.trim() } : {}), redirectUris: uris } }); // prettier-ignore
    },
    onSuccess: async ({ name }) => {
      toast.done(t('programs.added', { name }));
      await client.invalidateQueries({ queryKey: ['/agent-clients'] });
      onClose();
    },
  });
  const errors = errorsByPointer(save.error && toProblem(save.error));
  const set = (name: keyof typeof draft) => (event: { target: { value: string } }) => setDraft({ ...draft, [name]: event.target.value });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('programs.add')}
      description={t('programs.add.text')}
      footer={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button type="submit" form="new-agent-client" variant="primary" busy={save.isPending} disabled={draft.name.trim().length < 2}>
            {t('programs.add')}
          </Button>
        </>
      }
    >
      <form
        id="new-agent-client"
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!save.isPending) save.mutate();
        }}
      >
        {save.error && Object.keys(errors).length === 0 && <ProblemView error={save.error} />}
        <Field label={t('programs.column.name')} error={errors['/name']}>
          {(props) => <Input {...props} autoFocus value={draft.name} onChange={set('name')} />}
        </Field>
        <Field label={t('programs.document')} help={t('programs.document.help')} error={errors['/clientId']}>
          {(props) => <Input {...props} inputMode="url" value={draft.clientId} onChange={set('clientId')} />}
        </Field>
        <Field label={t('programs.redirects')} help={t('programs.redirects.help')} error={errors['/redirectUris']}>
          {(props) => <Textarea {...props} rows={3} value={draft.redirectUris} onChange={set('redirectUris')} />}
        </Field>
      </form>
    </Dialog>
  );
}

/** Programs that an administrator has entered: those that people may connect where the tenant allows no others. */
export function ClientsTab() {
  const client = useQueryClient();
  const mayWrite = useCan('agentClients:write');
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<AgentClient | null>(null);
  const source = usePages<AgentClient>('/agent-clients', {});
  const add = mayWrite && (
    <Button variant="primary" icon={<Plus aria-hidden className="size-3.5" />} onClick={() => setAdding(true)}>
      {t('programs.add')}
    </Button>
  );
  const remove = async ({ id, name }: AgentClient) => {
    await request('DELETE', `/agent-clients/${id}`);
    toast.done(t('programs.removed', { name }));
    await client.invalidateQueries({ queryKey: ['/agent-clients'] });
  };
  return (
    <>
      <DataTable
        name="agent-clients"
        label={t('programs.tab')}
        className="flex-1"
        columns={useMemo(() => columnsOf(mayWrite, setRemoving), [mayWrite])}
        source={source}
        rowId={({ id }) => id}
        compact={(one) => (
          <span className="min-w-0 py-1">
            <span className="block font-medium">{one.name}</span>
            <code className="block text-xs break-all text-ink-2">{one.clientId}</code>
          </span>
        )}
        toolbar={add}
        empty={
          <EmptyState icon={Puzzle} title={t('programs.empty.title')}>
            {t('programs.empty.text')}
          </EmptyState>
        }
      />
      {adding && <NewClient onClose={() => setAdding(false)} />}
      {removing && (
        <Confirm open danger onOpenChange={(open) => !open && setRemoving(null)} title={t('programs.remove.of', { name: removing.name })} action={t('programs.remove')} onConfirm={() => remove(removing)}>
          {t('programs.remove.text')}
        </Confirm>
      )}
    </>
  ); // prettier-ignore
}
