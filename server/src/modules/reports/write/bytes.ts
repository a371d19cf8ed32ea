import { Problem } from '#kernel/problem.ts';
import type { Column, Row } from '../kind.ts';
import type { Format } from '../tables.ts';
import { writeText, type Heading } from './text.ts';

/** Lines that a PDF holds: nobody turns more pages, and a table that is searched is a CSV. */
export const PDF_ROWS = 5_000;

async function* bounded(pages: AsyncIterable<readonly Row[]>): AsyncGenerator<readonly Row[]> {
  let count = 0;
  for await (const rows of pages) {
    count += rows.length;
    if (count > PDF_ROWS) throw new Problem('report-too-large', `More than ${PDF_ROWS} rows match, which is the most that a PDF holds. Narrow the range or take CSV.`); // prettier-ignore
    yield rows;
  }
}

/** The file of a report, as it is written: the same bytes for the same heading, columns and rows. */
export async function* bytesOf(
  format: Format,
  heading: Heading,
  columns: readonly Column[],
  pages: AsyncIterable<readonly Row[]>,
): AsyncGenerator<Buffer> {
  if (format !== 'pdf') return yield* writeText(format, heading, columns, pages);
  // Loaded with the first PDF: it is large, and few processes ever write one.
  const { writePdf } = await import('./pdf.ts');
  yield* writePdf(heading, columns, bounded(pages));
}
