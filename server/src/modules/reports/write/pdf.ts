import { fileURLToPath } from 'node:url';
import PDFDocument from 'pdfkit';
import type { Cell, Column, Row } from '../kind.ts';
import type { Heading } from './text.ts';

// DejaVu holds Latin, Greek, Cyrillic, Hebrew and Arabic; what a PDF reader has of its own holds 200 letters.
const fontAt = (name: string): string => fileURLToPath(new URL(`../fonts/${name}.ttf`, import.meta.url));
const [PLAIN, BOLD] = [fontAt('DejaVuSansCondensed'), fontAt('DejaVuSansCondensed-Bold')];
const MARGIN = 36;
const SIZE = 7;
const LINE = SIZE * 1.25;
const PADDING = 3;
/** A cell is cut after so many lines, so that one comment does not fill a page. */
const LINES = 4;

type Doc = PDFKit.PDFDocument;
interface Placed extends Column {
  x: number;
  wide: number;
}

const time = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)\.\d+Z$/;
function textOf(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  if (typeof cell === 'object') return cell.join(', ');
  return String(cell).replace(time, '$1 $2');
}

function placed(doc: Doc, columns: readonly Column[]): Placed[] {
  const shown = columns.flatMap((column) => (column.width === undefined ? [] : [{ ...column, width: column.width }]));
  const all = shown.reduce((sum, { width }) => sum + width, 0);
  const room = doc.page.width - 2 * MARGIN;
  let x = MARGIN;
  return shown.map((column) => {
    const wide = (column.width / all) * room;
    x += wide;
    return { ...column, x: x - wide, wide };
  });
}

const heightOf = (doc: Doc, columns: readonly Placed[], cells: readonly string[]): number =>
  Math.min(LINES * LINE, Math.max(LINE, ...columns.map(({ wide }, at) => doc.heightOfString(cells[at]!, { width: wide - PADDING })))) + PADDING;

function line(doc: Doc, columns: readonly Placed[], cells: readonly string[], height: number): void {
  const { y } = doc;
  for (const [at, { x, wide }] of columns.entries()) doc.text(cells[at]!, x, y, { width: wide - PADDING, height: height - PADDING, ellipsis: true });
  doc.y = y + height;
  doc
    .moveTo(MARGIN, doc.y - PADDING / 2)
    .lineTo(doc.page.width - MARGIN, doc.y - PADDING / 2)
    .lineWidth(0.25)
    .strokeColor('#bbbbbb')
    .stroke();
}

function header(doc: Doc, columns: readonly Placed[]): void {
  doc.font(BOLD).fontSize(SIZE);
  const titles = columns.map(({ title }) => title);
  line(doc, columns, titles, heightOf(doc, columns, titles));
  doc.font(PLAIN);
}

function opening(doc: Doc, { title, from, to, cutoff, filters }: Heading): void {
  doc.font(BOLD).fontSize(15).text(title, MARGIN, MARGIN);
  const chosen = Object.entries(filters).map(([name, value]) => `${name} ${value}`);
  const facts = [`${textOf(from)} to ${textOf(to)} UTC`, `as known at ${textOf(cutoff)} UTC`, ...chosen];
  doc.font(PLAIN).fontSize(8).fillColor('#444444').text(facts.join('  ·  ')).fillColor('black').moveDown(1);
}

function body(doc: Doc, columns: readonly Placed[], rows: readonly Row[]): void {
  for (const row of rows) {
    const cells = columns.map(({ key }) => textOf(row[key]));
    const height = heightOf(doc, columns, cells);
    if (doc.y + height > doc.page.height - MARGIN) {
      doc.addPage();
      doc.y = MARGIN;
      header(doc, columns);
    }
    line(doc, columns, cells, height);
  }
}

/** Whatever is finished of the document so far. */
function* ready(doc: Doc): Generator<Buffer> {
  for (let chunk = doc.read() as Buffer | null; chunk !== null; chunk = doc.read() as Buffer | null) yield chunk;
}

/** A report as a table on A4 across. Dates and ids in it come from the cut-off, so that the same report has the same bytes. */
export async function* writePdf(heading: Heading, columns: readonly Column[], pages: AsyncIterable<readonly Row[]>): AsyncGenerator<Buffer> {
  const at = new Date(heading.cutoff);
  const info = { Title: heading.title, Producer: 'Switchyard', Creator: 'Switchyard', CreationDate: at, ModDate: at };
  const doc = new PDFDocument({ size: 'A4', layout: 'landscape', margin: MARGIN, info, font: PLAIN, lang: 'en' });
  opening(doc, heading);
  const places = placed(doc, columns);
  header(doc, places);
  let count = 0;
  for await (const rows of pages) {
    body(doc, places, rows);
    count += rows.length;
    yield* ready(doc);
  }
  if (doc.y + 2 * LINE > doc.page.height - MARGIN) doc.addPage();
  doc.font(BOLD).text(count === 1 ? '1 row' : `${count} rows`, MARGIN, doc.y + PADDING);
  doc.end();
  for await (const chunk of doc) yield chunk as Buffer;
}
