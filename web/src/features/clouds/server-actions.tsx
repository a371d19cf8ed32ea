import { Ellipsis, Lock, LockOpen, Pencil, Play, RotateCw, Scaling, Square, Trash2, Undo2, type LucideIcon } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import { useMe } from '#lib/session.ts';
import { Button } from '#ui/button.tsx';
import { Menu, MenuItem, MenuSeparator } from '#ui/menu.tsx';
import { blockedReason, offered } from './actions.ts';
import type { Server, ServerAction } from './types.ts';

const icons: Record<ServerAction, LucideIcon> = {
  start: Play,
  stop: Square,
  reboot: RotateCw,
  resize: Scaling,
  update: Pencil,
  protect: Lock,
  unprotect: LockOpen,
  undelete: Undo2,
  delete: Trash2,
};
/** In the header itself; the others are in the menu beside. */
const IN_FRONT = new Set<ServerAction>(['start', 'stop', 'reboot', 'resize', 'undelete']);

/** What can be done with a server. What cannot be done now says why. */
export function ServerActions({ server, onAct }: { server: Server; onAct: (action: ServerAction) => void }) {
  const { permissions } = useMe();
  const actions = offered(server);
  const more = actions.filter((action) => !IN_FRONT.has(action));
  return (
    <>
      {actions
        .filter((action) => IN_FRONT.has(action))
        .map((action) => {
          const Icon = icons[action];
          return (
            <Button
              key={action}
              variant={action === 'undelete' || action === 'start' ? 'primary' : 'secondary'}
              blocked={blockedReason(action, server, permissions)}
              icon={<Icon aria-hidden className="size-3.5" />}
              onClick={() => onAct(action)}
            >
              {t(`server.act.${action}`)}
            </Button>
          );
        })}
      {more.length > 0 && (
        <Menu
          align="end"
          className="w-64"
          trigger={
            <Button size="icon" aria-label={t('change.act.more')}>
              <Ellipsis aria-hidden className="size-4" />
            </Button>
          }
        >
          {more.map((action) => {
            const Icon = icons[action];
            return (
              <div key={action}>
                {action === 'delete' && <MenuSeparator />}
                <MenuItem
                  danger={action === 'delete'}
                  blocked={blockedReason(action, server, permissions)}
                  icon={<Icon aria-hidden />}
                  onSelect={() => onAct(action)}
                >
                  {t(`server.act.${action}`)}
                </MenuItem>
              </div>
            );
          })}
        </Menu>
      )}
    </>
  );
}
