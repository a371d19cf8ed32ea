import { columnVisibilityFeature, rowSelectionFeature, tableFeatures, type ColumnDef, type RowData } from '@tanstack/react-table';
import type { ReactNode } from 'react';

export interface Column<Row> {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** The cell as plain text, for the CSV file. Without it the column is not exported. */
  csv?: (row: Row) => string | number | null | undefined;
  /** The server's sort key; the header becomes a button. */
  sort?: string;
  align?: 'start' | 'end';
  /** CSS width: `12rem`, `30%`. One column should have none and take the rest. */
  width?: string;
  /** Not shown where the table is narrower than this. */
  hideBelow?: 'sm' | 'md' | 'lg' | 'xl';
  /** Not shown until chosen. */
  optional?: boolean;
  /** Cannot be hidden: it names the row. */
  fixed?: boolean;
}

export const features = tableFeatures({ columnVisibilityFeature, rowSelectionFeature });
export type Features = typeof features;

export const toColumnDefs = <Row extends RowData>(columns: readonly Column<Row>[]): ColumnDef<Features, Row>[] =>
  columns.map((column) => ({ id: column.id, header: column.header, cell: ({ row }) => column.cell(row.original), enableHiding: !column.fixed }));

/** By the table's own width, not the window's: a table in a side column is narrow on a wide screen. */
export const hideClass = { sm: '@max-lg:hidden', md: '@max-2xl:hidden', lg: '@max-4xl:hidden', xl: '@max-6xl:hidden' } as const;

/** `createdAt` up, `-createdAt` down, as the server's `sort` parameter says it. */
export const nextSort = (current: string | undefined, key: string): string => (current === `-${key}` ? key : `-${key}`);
export const ariaSort = (current: string | undefined, key: string | undefined): 'ascending' | 'descending' | 'none' | undefined =>
  key === undefined ? undefined : current === key ? 'ascending' : current === `-${key}` ? 'descending' : 'none';
