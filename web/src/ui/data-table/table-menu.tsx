import { Download, SlidersHorizontal } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import { Button } from '../button.tsx';
import { Menu, MenuCheck, MenuItem, MenuLabel, MenuSeparator } from '../menu.tsx';

export interface TableMenuProps {
  columns: readonly { id: string; header: string; shown: boolean; fixed: boolean }[];
  onToggle: (id: string, shown: boolean) => void;
  onCsv: (() => void) | undefined;
}
/** Column choice and export, behind one quiet button. */
export const TableMenu = ({ columns, onToggle, onCsv }: TableMenuProps) => (
  <Menu
    align="end"
    trigger={
      <Button variant="ghost" size="icon-sm" aria-label={t('table.options')}>
        <SlidersHorizontal aria-hidden className="size-3.5" />
      </Button>
    }
  >
    <MenuLabel>{t('table.columns')}</MenuLabel>
    {columns.map((column) => (
      <MenuCheck
        key={column.id}
        checked={column.shown}
        disabled={column.fixed}
        onCheckedChange={(shown) => onToggle(column.id, shown)}
        onSelect={(event) => event.preventDefault()}
      >
        {column.header}
      </MenuCheck>
    ))}
    {onCsv && (
      <>
        <MenuSeparator />
        <MenuItem icon={<Download aria-hidden />} onSelect={onCsv}>
          {t('table.csv')}
        </MenuItem>
      </>
    )}
  </Menu>
);
