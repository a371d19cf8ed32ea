export { DataTable, type DataTableProps } from './data-table.tsx';
export type { Column } from './columns.ts';
