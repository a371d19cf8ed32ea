import { useTable, type RowData, type RowSelectionState } from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import { features, toColumnDefs, type Column } from './columns.ts';
import { useVisibility } from './visibility.ts';

export interface DataTableState<Row> {
  name: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  selectable: boolean;
}

/** Column choice and selection of a table, kept by TanStack Table; sorting and filtering are the server's. */
export function useDataTable<Row extends RowData>({ name, columns, rows, rowId, selectable }: DataTableState<Row>) {
  const [visibility, setVisibility] = useVisibility(name, columns);
  const [selection, setSelection] = useState<RowSelectionState>({});
  const definitions = useMemo(() => toColumnDefs(columns), [columns]);
  const table = useTable({
    features,
    data: rows,
    columns: definitions,
    getRowId: rowId,
    enableRowSelection: selectable,
    state: { columnVisibility: visibility, rowSelection: selection },
    onRowSelectionChange: setSelection,
  });
  const model = table.getRowModel().rows;
  const all = table.getIsAllRowsSelected();
  return {
    model,
    shown: columns.filter((column) => visibility[column.id]),
    selected: selectable ? model.filter((row) => row.getIsSelected()).map((row) => row.original) : [],
    clear: () => setSelection({}),
    /** For the box in the head of the selection column. */
    selection: selectable
      ? {
          checked: all || (table.getIsSomeRowsSelected() ? ('indeterminate' as const) : false),
          onChange: (on: boolean) => table.toggleAllRowsSelected(on),
        }
      : null,
    /** For the menu of columns. */
    choice: columns.map(({ id, header, fixed }) => ({ id, header, shown: visibility[id] ?? false, fixed: fixed ?? false })),
    choose: (id: string, on: boolean) => setVisibility({ ...visibility, [id]: on }),
  };
}
