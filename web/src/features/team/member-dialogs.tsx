import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { everything } from '#features/access/api.ts';
import { planQuery, type Call } from '#features/review/call.ts';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import type { Member } from '#features/settings/types.ts';
import { t } from '#lib/i18n.ts';
import { toProblem } from '#lib/problem.ts';
import { useMe } from '#lib/session.ts';
import { Combobox } from '#ui/combobox.tsx';
import { Field } from '#ui/field.tsx';

export type MemberAct = 'suspend' | 'activate' | 'resetMfa' | 'sessions' | 'remove';
export interface MemberActProps {
  member: Member;
  onClose: () => void;
  /** It is done, or on its way. */
  onDone: () => void;
}
export const MEMBER_LISTS = ['/members', '/grants', '/roles'];

const callOf = (act: MemberAct, id: string, tenantId: string): Call => {
  const calls: Record<MemberAct, Call> = {
    suspend: { method: 'POST', path: `/users/${id}/suspend`, body: {} },
    activate: { method: 'POST', path: `/users/${id}/activate`, body: {} },
    resetMfa: { method: 'POST', path: `/tenants/${tenantId}/users/${id}/reset-mfa`, body: {} },
    sessions: { method: 'DELETE', path: `/users/${id}/sessions` },
    remove: { method: 'DELETE', path: `/users/${id}` },
  };
  return calls[act];
};

/** Active people other than one, for who takes something over. */
export function usePeople(except: string): readonly Member[] {
  const { data } = useQuery({
    queryKey: ['/members', 'people'],
    queryFn: ({ signal }) => everything<Member>('/members', { status: 'active', sort: 'name' }, signal),
  });
  return (data ?? []).filter(({ id, kind }) => id !== except && kind === 'person');
}

function Remove({ member, onClose, onDone }: MemberActProps) {
  const tell = useTell();
  const { tenant } = useMe();
  const [successor, setSuccessor] = useState('');
  const base = callOf('remove', member.id, tenant.id);
  // Asked without a successor first: the server knows whether something is left behind.
  const alone = useQuery(planQuery(base));
  const needed = alone.error !== null && toProblem(alone.error).slug === 'successor-required';
  const belongings = needed ? (toProblem(alone.error).body['belongings'] as string[] | undefined) : undefined;
  const people = usePeople(member.id);
  return (
    <ReviewDialog
      title={t('team.remove.of', { name: member.name })}
      description={t('team.remove.text')}
      call={successor ? { ...base, query: { successorId: successor } } : base}
      action={t('team.remove')}
      danger
      touched={MEMBER_LISTS}
      told={(problem) => problem.slug === 'successor-required'}
      onClose={onClose}
      onOutcome={(outcome) => {
        tell(outcome, t('team.removed', { name: member.name }));
        onDone();
      }}
    >
      {needed && (
        <Field label={t('team.successor')} help={t('team.successor.help', { name: member.name, belongings: belongings?.join(', ') ?? '' })} required>
          {(control) => (
            <Combobox
              control={control}
              value={successor}
              onChange={setSuccessor}
              choices={people.map(({ id, name, email }) => ({ value: id, label: name, hint: email }))}
            />
          )}
        </Field>
      )}
    </ReviewDialog>
  );
}

/** What an act on a member asks before it happens. */
export function MemberDialog({ act, ...props }: MemberActProps & { act: MemberAct }) {
  const tell = useTell();
  const { tenant } = useMe();
  if (act === 'remove') return <Remove {...props} />;
  const { member, onClose, onDone } = props;
  const { name } = member;
  return (
    <ReviewDialog
      title={t(`team.${act}.of`, { name })}
      description={t(`team.${act}.text`)}
      call={callOf(act, member.id, tenant.id)}
      action={t(`team.${act}`)}
      danger={act !== 'activate'}
      touched={MEMBER_LISTS}
      onClose={onClose}
      onOutcome={(outcome) => {
        tell(outcome, t(`team.${act}.done`, { name }));
        onDone();
      }}
    />
  );
}
