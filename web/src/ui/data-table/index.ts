export { DataTable, type DataTableProps } from './data-table.tsx';
export type { Column } from './columns.ts';
export { ExpandingTable, type ExpandingTableProps } from './expanding-table.tsx';
export type { RowTone } from './expanding-row.tsx';
