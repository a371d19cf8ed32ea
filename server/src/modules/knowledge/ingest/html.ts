import { Headings, tidy, type Section } from './sections.ts';

/** Elements whose content is no text of the document. */
const SILENT: ReadonlySet<string> = new Set(['script', 'style', 'template', 'noscript', 'head', 'svg', 'iframe', 'object', 'textarea', 'select']);
/** Elements that begin a line, and those that stand apart from what is around them. */
const LINES: ReadonlySet<string> = new Set(['br', 'dd', 'dt', 'li', 'tr']);
const BLOCKS: ReadonlySet<string> = new Set([
  'address', 'article', 'aside', 'blockquote', 'body', 'div', 'dl', 'figcaption', 'figure', 'footer', 'form', 'header', 'hr', 'html', 'main', 'nav', 'ol', 'p', 'pre', 'section', 'table', 'ul',
]); // prettier-ignore
const CELLS: ReadonlySet<string> = new Set(['td', 'th']);
const NAMED: Readonly<Record<string, string>> = {
  amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', ndash: '–', mdash: '—', hellip: '…', lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”', laquo: '«', raquo: '»', bull: '•', middot: '·', copy: '©', reg: '®', trade: '™', euro: '€', deg: '°', auml: 'ä', ouml: 'ö', uuml: 'ü', Auml: 'Ä', Ouml: 'Ö', Uuml: 'Ü', szlig: 'ß', eacute: 'é', egrave: 'è', agrave: 'à', ccedil: 'ç', shy: '',
}; // prettier-ignore

function characterOf(whole: string, name: string): string {
  if (!name.startsWith('#')) return NAMED[name] ?? whole;
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  const isCharacter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return isCharacter ? String.fromCodePoint(code) : '';
}
const decoded = (text: string): string => text.replaceAll(/&(#x?[0-9a-f]{1,6}|[a-z][a-z0-9]{1,20});/gi, characterOf);

interface Tag {
  name: string;
  isEnd: boolean;
  /** Behind it. */
  end: number;
}
const NAME = /[a-z][a-z0-9]*/iy;

/** The tag that begins at a `<`; undefined where it is a plain character. Attributes in quotes may hold a `>`. */
function tagAt(html: string, at: number): Tag | undefined {
  const isEnd = html[at + 1] === '/';
  NAME.lastIndex = at + (isEnd ? '</' : '<').length;
  const name = NAME.exec(html)?.[0].toLowerCase();
  if (name === undefined) return undefined;
  let quote: string | undefined;
  for (let end = NAME.lastIndex; end < html.length; end++) {
    const character = html[end]!;
    if (quote !== undefined) quote = character === quote ? undefined : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === '>') return { name, isEnd, end: end + 1 };
  }
  return { name, isEnd, end: html.length };
}

/** Where a comment, a declaration or a processing instruction ends that begins here; undefined where none does. */
function asideEnd(html: string, at: number): number | undefined {
  const [open, close] = html.startsWith('<!--', at) ? [4, '-->'] : html[at + 1] === '!' || html[at + 1] === '?' ? [2, '>'] : [0, ''];
  if (close === '') return undefined;
  const end = html.indexOf(close, at + open);
  return end === -1 ? html.length : end + close.length;
}

/** Behind the end of an element that is no text; looks for its own end tag alone, since a script may hold anything. */
function behindSilent(lower: string, name: string, from: number): number {
  const close = lower.indexOf(`</${name}`, from);
  if (close === -1) return lower.length;
  const end = lower.indexOf('>', close);
  return end === -1 ? lower.length : end + 1;
}

/** Collects text under headings. */
class Reader {
  readonly sections: Section[] = [];
  readonly #headings = new Headings();
  #text = '';
  #title: { level: number; text: string } | undefined;

  say(text: string): void {
    // White space of the source is one space; lines come of elements.
    const words = decoded(text).replaceAll(/\s+/g, ' ');
    if (this.#title) this.#title.text += words;
    else this.#text += words;
  }
  tag({ name, isEnd }: Tag): void {
    const level = /^h([1-6])$/.exec(name)?.[1];
    if (level !== undefined) this.#heading(Number(level), isEnd);
    else if (LINES.has(name)) this.#break(isEnd ? '' : '\n');
    else if (BLOCKS.has(name)) this.#break('\n\n');
    else if (CELLS.has(name) && isEnd) this.#text += ' | ';
  }
  #break(mark: string): void {
    if (this.#title) this.#title.text += ' ';
    else this.#text += mark;
  }
  #heading(level: number, isEnd: boolean): void {
    if (this.#title) {
      const title = this.#title.text.trim();
      if (title !== '') this.#headings.enter(this.#title.level, title);
      this.#title = undefined;
    }
    if (isEnd) return;
    this.close();
    this.#title = { level, text: '' };
  }
  close(): void {
    const text = tidy(this.#text.replaceAll(/\n +/g, '\n'));
    if (text !== '') this.sections.push({ heading: this.#headings.name, text });
    this.#text = '';
  }
  end(): Section[] {
    // A heading that was never closed is text after all.
    if (this.#title) this.#text += this.#title.text;
    this.close();
    return this.sections;
  }
}

/** Reads what begins at a `<`; answers where it ends. */
function readMark(reader: Reader, html: string, lower: string, at: number): number {
  const aside = asideEnd(html, at);
  if (aside !== undefined) return aside;
  const tag = tagAt(html, at);
  if (!tag) {
    reader.say('<');
    return at + 1;
  }
  reader.tag(tag);
  return !tag.isEnd && SILENT.has(tag.name) ? behindSilent(lower, tag.name, tag.end) : tag.end;
}

/** The text of a page, cut at its headings. One pass, in the time of reading it; nothing of it is run or loaded. */
export function htmlSections(html: string): Section[] {
  const reader = new Reader();
  // Of the same length, which `toLowerCase` of all of Unicode is not.
  const lower = html.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
  for (let at = 0; at < html.length;) {
    const open = html.indexOf('<', at);
    const end = open === -1 ? html.length : open;
    if (end > at) reader.say(html.slice(at, end));
    at = open === -1 ? end : readMark(reader, html, lower, open);
  }
  return reader.end();
}
