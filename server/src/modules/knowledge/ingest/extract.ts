import { csvSections } from './csv.ts';
import { htmlSections } from './html.ts';
import { Headings, tidy, type Section } from './sections.ts';
import type { MediaType } from '../schemas.ts';

const FENCE = /^\s{0,3}(```|~~~)/;
const HEADING = /^ {0,3}(#{1,6})\s+(\S.*)$/;
/** Without the signs that may close it (CommonMark 4.2); apart from the above, which would otherwise try every way to share out the blanks. */
const unclosed = (title: string): string => title.trimEnd().replace(/(?<=\s)#+$/, '').trimEnd(); // prettier-ignore
/** Markdown as it is written, cut at its headings; what stands in a fence is no heading. */
function markdownSections(text: string): Section[] {
  const headings = new Headings();
  const sections: Section[] = [];
  let lines: string[] = [];
  let fence: string | undefined;
  const close = (): void => {
    const body = tidy(lines.join('\n'));
    if (body !== '') sections.push({ heading: headings.name, text: body });
    lines = [];
  };
  for (const line of text.replaceAll(/\r\n?/g, '\n').split('\n')) {
    const mark = FENCE.exec(line)?.[1];
    if (mark !== undefined) fence = fence === undefined ? mark : mark === fence ? undefined : fence;
    const heading = fence === undefined ? HEADING.exec(line) : null;
    if (heading) {
      close();
      headings.enter(heading[1]!.length, unclosed(heading[2]!));
    } else lines.push(line);
  }
  close();
  return sections;
}

const plainSections = (text: string): Section[] => (tidy(text) === '' ? [] : [{ heading: null, text: tidy(text) }]);

const READERS: Readonly<Record<MediaType, (text: string) => Section[]>> = {
  'text/plain': plainSections,
  'text/markdown': markdownSections,
  'text/html': htmlSections,
  'text/csv': csvSections,
};

/** The parts of a document, without its markup where that says nothing. */
export const sectionsOf = (mediaType: MediaType, text: string): Section[] => READERS[mediaType](text);
