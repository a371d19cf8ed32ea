import { useQuery } from '@tanstack/react-query';
import { LogOut, ShieldX, UserRoundX } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Loaded } from '#features/account/loaded.tsx';
import type { Member } from '#features/settings/types.ts';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { useMe } from '#lib/session.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { Drawer } from '#ui/drawer.tsx';
import { KeyValues } from '#ui/key-values.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { State } from '#ui/state.tsx';
import { Switch } from '#ui/switch.tsx';
import { Time } from '#ui/time.tsx';
import { Tooltip } from '#ui/tooltip.tsx';
import { Avatar } from './avatar.tsx';
import { MfaState, RoleBadges } from './columns.tsx';
import { DeniesCard } from './denies-card.tsx';
import { GrantsCard } from './grants-card.tsx';
import { MemberDialog, type MemberAct } from './member-dialogs.tsx';

/** One act with its sentence and, where it is not open, the reason. */
const Act = ({ text, button }: { text: string; button: ReactNode }) => (
  <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-3">
    <p className="min-w-0 flex-[1_1_14rem] text-pretty text-ink-2">{text}</p>
    {button}
  </li>
);

function StatusToggle({ member, blocked, onAct }: { member: Member; blocked: string | null; onAct: (act: MemberAct) => void }) {
  const active = member.status === 'active';
  const control = (
    <Switch
      aria-label={t('team.status.toggle', { name: member.name })}
      checked={active}
      aria-disabled={blocked ? true : undefined}
      onCheckedChange={() => !blocked && onAct(active ? 'suspend' : 'activate')}
      className={blocked ? 'cursor-not-allowed opacity-50' : ''}
    />
  );
  return (
    <span className="inline-flex items-center gap-2.5">
      <State variant="plain" of="resource" value={member.status} />
      {blocked ? <Tooltip text={blocked}>{control}</Tooltip> : control}
    </span>
  );
}

function Acts({ member, onAct }: { member: Member; onAct: (act: MemberAct) => void }) {
  const { actor } = useMe();
  const self = member.id === actor.id ? t('team.self') : null;
  const update = useBlocked('users:update');
  const sessions = useBlocked('sessions:revoke');
  const remove = useBlocked('users:remove');
  const icon = 'size-3.5';
  return (
    <Card flush title={t('team.acts')}>
      <ul className="divide-y divide-line">
        <Act text={t('team.status.text')} button={<StatusToggle member={member} blocked={self ?? update} onAct={onAct} />} />
        {member.kind === 'person' && (
          <>
            <Act
              text={t('team.sessions.text')}
              button={
                <Button size="sm" blocked={sessions} icon={<LogOut aria-hidden className={icon} />} onClick={() => onAct('sessions')}>
                  {t('team.sessions')}
                </Button>
              }
            />
            <Act
              text={t('team.resetMfa.text')}
              button={
                <Button
                  size="sm"
                  blocked={self ?? update ?? (member.mfa ? null : t('team.resetMfa.none'))}
                  icon={<ShieldX aria-hidden className={icon} />}
                  onClick={() => onAct('resetMfa')}
                >
                  {t('team.resetMfa')}
                </Button>
              }
            />
          </>
        )}
        <Act
          text={t('team.remove.text')}
          button={
            <Button
              size="sm"
              variant="danger-quiet"
              blocked={self ? t('team.remove.self') : remove}
              icon={<UserRoundX aria-hidden className={icon} />}
              onClick={() => onAct('remove')}
            >
              {t('team.remove')}
            </Button>
          }
        />
      </ul>
    </Card>
  );
}

const Facts = ({ member }: { member: Member }) => (
  <KeyValues
    rows={[
      [t('team.jobTitle'), member.title],
      [t('team.column.roles'), <RoleBadges key="roles" roles={member.roles} />],
      [t('team.column.status'), <State key="status" variant="plain" of="resource" value={member.status} />],
      [t('team.column.mfa'), member.kind === 'person' ? <MfaState key="mfa" on={member.mfa} /> : null],
      [t('team.column.joined'), <Time key="joined" at={member.joinedAt} />],
      [t('team.column.seen'), member.lastLoginAt ? <Time key="seen" at={member.lastLoginAt} /> : t('time.never')],
    ]}
  />
);

/** Everything about one person here: roles and what they reach, state, second factor, and the way out. */
export function MemberDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const member = useQuery({ queryKey: ['/members', 'one', id], queryFn: ({ signal }) => request<Member>('GET', `/users/${id}`, { signal }) });
  const [act, setAct] = useState<MemberAct | null>(null);
  return (
    <Drawer
      open
      width="lg"
      onOpenChange={(open) => !open && onClose()}
      title={
        <span className="flex items-center gap-3">
          {member.data && <Avatar name={member.data.name} url={member.data.avatarUrl} className="size-9!" />}
          {member.data?.name ?? t('state.loading')}
        </span>
      }
      {...(member.data ? { description: member.data.kind === 'service' ? t('team.service.text') : member.data.email } : {})}
    >
      <div className="flex flex-col gap-4 p-5">
        <Loaded query={member} lines={6}>
          {(data) => (
            <>
              <Facts member={data} />
              <GrantsCard member={data} />
              <DeniesCard member={data} />
              <Acts member={data} onAct={setAct} />
              {act && (
                <MemberDialog
                  act={act}
                  member={data}
                  onClose={() => setAct(null)}
                  onDone={() => {
                    if (act === 'remove') onClose();
                  }}
                />
              )}
            </>
          )}
        </Loaded>
      </div>
    </Drawer>
  );
}
