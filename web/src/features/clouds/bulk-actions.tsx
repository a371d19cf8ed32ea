import { Play, RotateCw, Square, Trash2, type LucideIcon } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import { useMe } from '#lib/session.ts';
import { Button } from '#ui/button.tsx';
import { blockedReason } from './actions.ts';
import type { BulkPower } from './bulk-power-dialog.tsx';
import type { Server } from './types.ts';

export type BulkAction = BulkPower | 'delete';
const BULK_ACTIONS: readonly BulkAction[] = ['start', 'stop', 'reboot', 'delete'];

export const icons: Record<BulkAction, LucideIcon> = { start: Play, stop: Square, reboot: RotateCw, delete: Trash2 };

/** What can be done with the marked servers; an action that none of them can take says why. */
export function BulkActions({ servers, onChoose }: { servers: readonly Server[]; onChoose: (action: BulkAction) => void }) {
  const { permissions } = useMe();
  return BULK_ACTIONS.map((action) => {
    const reasons = servers.map((server) => blockedReason(action, server, permissions));
    const Icon = icons[action];
    return (
      <Button
        key={action}
        size="sm"
        variant={action === 'delete' ? 'danger-quiet' : 'secondary'}
        blocked={reasons.every((reason) => reason !== null) ? reasons[0] : null}
        icon={<Icon aria-hidden className="size-3.5" />}
        onClick={() => onChoose(action)}
      >
        {t(`server.act.${action}`)}
      </Button>
    );
  });
}
