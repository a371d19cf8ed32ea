/** A part of a document under its headings. */
export interface Section {
  heading: string | null;
  text: string;
}

/** One kind of line end, no control characters, no more than one empty line. */
export const tidy = (text: string): string =>
  text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/(?![\n\t])\p{Cc}/gu, ' ')
    // Behind no other blank: a run of blanks is looked at once and not from each of its characters.
    .replaceAll(/(?<![ \t\u00a0])[ \t\u00a0]+\n/g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();

const MOST_HEADING = 200;

/** The headings that a part stands under, the outermost first. */
export class Headings {
  readonly #path: { level: number; title: string }[] = [];

  enter(level: number, title: string): void {
    while ((this.#path.at(-1)?.level ?? 0) >= level) this.#path.pop();
    this.#path.push({ level, title });
  }
  get name(): string | null {
    return this.#path.length === 0 ? null : this.#path.map(({ title }) => title).join(' › ').slice(0, MOST_HEADING); // prettier-ignore
  }
}
