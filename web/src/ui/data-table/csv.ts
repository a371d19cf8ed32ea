import type { Column } from './columns.ts';

/** RFC 4180. A leading `= + - @` or tab would run as a formula in a spreadsheet, so such text is quoted with an apostrophe. */
export function csvCell(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The rows that are shown, with the columns that are shown. */
export function toCsv<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const exported = columns.filter((column) => column.csv);
  const lines = [exported.map((column) => csvCell(column.header)), ...rows.map((row) => exported.map((column) => csvCell(column.csv?.(row))))];
  return lines.map((line) => line.join(',')).join('\r\n') + '\r\n';
}

/** Hands a text to the browser as a file. */
export function saveFile(name: string, text: string, type = 'text/csv;charset=utf-8'): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
