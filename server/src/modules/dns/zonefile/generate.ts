import { Invalid } from '../invalid.ts';
import type { Token } from '../rdata/tokens.ts';

export const MAX_GENERATED = 4_096;
const MAX_TEXT = 65_536;

/** `start-stop[/step]`. */
function range({ text, at }: Token): number[] {
  const found = /^(\d{1,10})-(\d{1,10})(?:\/(\d{1,10}))?$/.exec(text);
  const [start, stop, step] = [Number(found?.[1]), Number(found?.[2]), Number(found?.[3] ?? 1)];
  if (!found || start > stop || step === 0) throw new Invalid('$GENERATE is followed by a range such as 1-10 or 0-100/2', at);
  const count = Math.floor((stop - start) / step) + 1;
  if (count > MAX_GENERATED) throw new Invalid(`$GENERATE would make ${count} records; ${MAX_GENERATED} are possible`, at);
  return Array.from({ length: count }, (_, index) => start + index * step);
}

const BASES: Record<string, (value: number) => string> = {
  d: (value) => String(value),
  o: (value) => value.toString(8),
  x: (value) => value.toString(16),
  X: (value) => value.toString(16).toUpperCase(),
};

/** Digits from the right with dots between, for ip6.arpa; `width` counts the dots too. */
function nibbles(value: number, width: number, capital: boolean): string {
  const digits = value.toString(16).padStart(Math.ceil(width / 2), '0');
  const text = [...digits].toReversed().join('.');
  return capital ? text.toUpperCase() : text;
}

function substitute(template: Token, value: number): Token {
  const text = template.text.replace(
    /\\(\$)|\$\$|\$(?:\{(-?\d{1,10})(?:,(\d{1,3})(?:,([doxXnN]))?)?\})?/g,
    (all, escaped: string | undefined, offset = '0', width = '0', base = 'd') => {
      if (escaped !== undefined || all === '$$') return '$';
      const shifted = value + Number(offset);
      if (shifted < 0) throw new Invalid(`$GENERATE reaches the number ${shifted}, below 0`, template.at);
      if (base === 'n' || base === 'N') return nibbles(shifted, Number(width), base === 'N');
      return BASES[base]!(shifted).padStart(Number(width), '0');
    },
  );
  if (text.length > MAX_TEXT) throw new Invalid('$GENERATE makes a text that is too long', template.at);
  return { ...template, text };
}

/** The entries that a $GENERATE line stands for: `range owner [ttl] [class] type data`. */
export function* generate(tokens: readonly Token[]): Generator<Token[]> {
  const [directive, span, ...templates] = tokens;
  if (!span || templates.length < 3) throw new Invalid('$GENERATE takes a range, an owner, a type and data', directive!.at);
  const length = templates.reduce((sum, { text }) => sum + text.length, 0);
  if (length > 4_096) throw new Invalid('the template of $GENERATE is longer than 4096 characters', span.at);
  for (const value of range(span)) yield templates.map((template) => substitute(template, value));
}
