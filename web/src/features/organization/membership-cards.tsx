import { Crown, LogOut, Trash2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { t } from '#lib/i18n.ts';
import { useMe } from '#lib/session.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import type { Organization } from './api.ts';
import { DeleteDialog } from './delete-dialog.tsx';
import { LeaveDialog } from './leave-dialog.tsx';
import { TransferDialog } from './transfer-dialog.tsx';

const Act = ({ title, text, children }: { title: string; text: string; children: ReactNode }) => (
  <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 px-4 py-4">
    <div className="min-w-0 flex-[1_1_18rem]">
      <p className="font-medium">{title}</p>
      <p className="mt-0.5 text-pretty text-ink-2">{text}</p>
    </div>
    {children}
  </li>
);

/** Acts that end something: handing the organisation over, leaving it, deleting it. */
export function MembershipCards({ organization }: { organization: Organization | undefined }) {
  const { tenant, actor } = useMe();
  const mayDelete = useBlocked('tenants:delete');
  const [open, setOpen] = useState<'transfer' | 'leave' | 'delete' | null>(null);
  const close = () => setOpen(null);
  const owner = organization?.ownerId === actor.id;
  const icon = 'size-3.5';
  return (
    <Card flush title={t('org.danger')} className="border-bad/40">
      <ul className="divide-y divide-line">
        <Act title={t('org.transfer')} text={t('org.transfer.text')}>
          <Button blocked={owner ? null : t('org.transfer.owner')} icon={<Crown aria-hidden className={icon} />} onClick={() => setOpen('transfer')}>
            {t('org.transfer.action')}
          </Button>
        </Act>
        <Act title={t('org.leave')} text={t('org.leave.text')}>
          <Button
            variant="danger-quiet"
            blocked={owner ? t('org.leave.owner') : null}
            icon={<LogOut aria-hidden className={icon} />}
            onClick={() => setOpen('leave')}
          >
            {t('org.leave.action')}
          </Button>
        </Act>
        <Act title={t('org.delete')} text={t('org.delete.text')}>
          <Button variant="danger-quiet" blocked={mayDelete} icon={<Trash2 aria-hidden className={icon} />} onClick={() => setOpen('delete')}>
            {t('org.delete.action')}
          </Button>
        </Act>
      </ul>
      {open === 'transfer' && <TransferDialog onClose={close} />}
      {open === 'leave' && <LeaveDialog onClose={close} />}
      {open === 'delete' && <DeleteDialog name={tenant.name} onClose={close} />}
    </Card>
  );
}
