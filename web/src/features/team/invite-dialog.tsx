import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { EVERYTHING, scopeOf, type ScopeDraft } from '#features/access/scope.ts';
import { useGivenRoles } from '#features/access/role-select.tsx';
import { useTell } from '#features/review/submit.ts';
import { run } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { errorsByPointer, toProblem } from '#lib/problem.ts';
import { useMe } from '#lib/session.ts';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Tabs } from '#ui/tabs.tsx';
import { readRows } from './bulk.ts';
import { BulkFields } from './bulk-fields.tsx';
import { InviteResults, type InviteResult } from './invite-results.tsx';
import { SingleFields } from './single-fields.tsx';

export interface InviteDraft {
  email: string;
  roleIds: string[];
  scope: ScopeDraft;
  message: string;
  days: string;
  /** What was pasted, for several at once. */
  text: string;
}
const BEGIN: InviteDraft = { email: '', roleIds: [], scope: EVERYTHING, message: '', days: '7', text: '' };
type Way = 'one' | 'many';

/** Keys and names of roles, as people write them in a list. */
const wordsFor = (roles: readonly { id: string; key: string; name: string }[]): Map<string, string> =>
  new Map(roles.flatMap(({ id, key, name }) => [[key.toLowerCase(), id] as const, [name.toLowerCase(), id] as const]));

function useInvite(way: Way, draft: InviteDraft) {
  const { tenant } = useMe();
  const client = useQueryClient();
  const tell = useTell();
  const { roles } = useGivenRoles();
  const words = wordsFor(roles);
  const rows = readRows(draft.text, new Set(words.keys()));
  const good = rows.filter(({ fault }) => fault === null);
  const { scope, ready } = scopeOf(draft.scope);
  const shared = { scope, ...(draft.message.trim() ? { message: draft.message.trim() } : {}) };
  const body =
    way === 'one'
      ? { email: draft.email.trim(), roleIds: draft.roleIds, ...shared, expiresInDays: Number(draft.days) }
      : {
          items: good.map(({ email, role }) => ({ email, roleIds: role ? [words.get(role.toLowerCase())!] : draft.roleIds, ...shared })),
          expiresInDays: Number(draft.days),
        };
  const rolesGiven = draft.roleIds.length > 0 || (way === 'many' && good.length > 0 && good.every(({ role }) => role !== null));
  // After a lost answer the next press must not invite twice.
  const key = useRef(crypto.randomUUID());
  const sending = useMutation({
    mutationFn: () => run<{ items: InviteResult[] }>('POST', `/tenants/${tenant.id}/invitations`, { body }, { idempotencyKey: key.current }),
    onSuccess: (outcome) => {
      if (outcome.status === 'accepted') tell(outcome, '');
      return client.invalidateQueries({ queryKey: [`/tenants/${tenant.id}/invitations`] });
    },
    onError: (error) => {
      if (toProblem(error).status !== 0) key.current = crypto.randomUUID();
    },
  });
  const enough = way === 'one' ? draft.email.trim() !== '' : good.length > 0;
  return { rows, good, sending, ready: ready && rolesGiven && enough };
}

export interface InviteDialogProps {
  onClose: () => void;
  /** At least one is on its way. */
  onSent: () => void;
}
/** Asks people to join: one, or a pasted list with an answer for each row. */
export function InviteDialog({ onClose, onSent }: InviteDialogProps) {
  const [way, setWay] = useState<Way>('one');
  const [draft, setDraft] = useState<InviteDraft>(BEGIN);
  const { rows, good, sending, ready } = useInvite(way, draft);
  const set = (part: Partial<InviteDraft>) => setDraft((now) => ({ ...now, ...part }));
  const outcome = sending.data;
  const close = () => {
    if (outcome) onSent();
    onClose();
  };
  if (outcome)
    return (
      <Dialog
        open
        width="lg"
        onOpenChange={(open) => !open && close()}
        title={t('team.invite.results')}
        footer={
          <Button variant="primary" onClick={close}>
            {t('action.close')}
          </Button>
        }
      >
        {outcome.status === 'done' ? <InviteResults results={outcome.output.items} /> : <p>{t('team.invite.waits')}</p>}
      </Dialog>
    );
  const errors = errorsByPointer(sending.error && toProblem(sending.error));
  const submit = () => {
    if (ready && !sending.isPending) sending.mutate();
  };
  return (
    <Dialog
      open
      width="lg"
      onOpenChange={(open) => !open && onClose()}
      title={t('team.invite')}
      description={t('team.invite.text')}
      footer={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button type="submit" form="invite" variant="primary" busy={sending.isPending} disabled={!ready}>
            {way === 'one' ? t('team.invite.send') : t('team.invite.sendMany', { count: good.length })}
          </Button>
        </>
      }
    >
      <form
        id="invite"
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {sending.error && <ProblemView error={sending.error} placed={(pointer) => way === 'one' && pointer === '/email'} />}
        <Tabs
          label={t('team.invite')}
          value={way}
          onChange={(next) => {
            sending.reset();
            setWay(next);
          }}
          tabs={[
            { value: 'one', label: t('team.invite.one'), content: <SingleFields draft={draft} set={set} error={errors['/email']} /> },
            { value: 'many', label: t('team.invite.many'), content: <BulkFields draft={draft} set={set} rows={rows} /> },
          ]}
        />
      </form>
    </Dialog>
  );
}
