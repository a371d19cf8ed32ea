import { Pencil, Trash2 } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { useActs, type Versioned } from './api.ts';

/** Change and remove, at the end of a line or in a page's head. */
export function RowActs({
  resource,
  item,
  of,
}: {
  resource: 'fabrics' | 'participants' | 'connections' | 'routeServers';
  item: Versioned;
  of: string;
}) {
  const { change } = useActs();
  const blocked = useBlocked('exchange:manage');
  return (
    <span className="flex gap-1">
      <Button
        variant="ghost"
        blocked={blocked}
        icon={<Pencil aria-hidden className="size-3.5" />}
        aria-label={t('exchange.edit.of', { name: of })}
        onClick={() => change(`exchange.${resource}.update`, item)}
      />
      <Button
        variant="ghost"
        blocked={blocked}
        icon={<Trash2 aria-hidden className="size-3.5" />}
        aria-label={t('exchange.delete.of', { name: of })}
        onClick={() => change(`exchange.${resource}.delete`, item)}
      />
    </span>
  );
}
