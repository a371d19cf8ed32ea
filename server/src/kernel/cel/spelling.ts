/**
 * Words that CEL keeps for itself and that we want: they are spelt otherwise before it reads them, with as many letters, so that positions
 * stay where they are.
 */

/** CEL calls `matches` of its own by this name, so that no other engine for patterns can be reached. */
export const MATCHES = 're2test';
/** `time.in(…)` reads well, but `in` is an operator of CEL's grammar. */
export const IN = 'at';
/** `loop` is reserved for languages that CEL may become. */
export const LOOP = 'lo0p';
/** `list` and `map` are names of types; `list.sum(…)` is a function of ours. */
export const LIST = 'li5t';
export const MAP = 'm4p';

const LIST_FUNCTIONS = ['sum', 'min', 'max', 'avg', 'sort', 'sortBy', 'groupBy', 'unique', 'chunk', 'flatten', 'first', 'last', 'zip', 'range'] as const; // prettier-ignore
const MAP_FUNCTIONS = ['merge', 'pick', 'omit', 'keys', 'values', 'entries'] as const;

const STRINGS =
  /[rR](?:"""[^]*?"""|'''[^]*?'''|"[^"\n]*"|'[^'\n]*')|"""(?:\\[^]|[^\\])*?"""|'''(?:\\[^]|[^\\])*?'''|"(?:\\[^]|[^"\\\n])*"|'(?:\\[^]|[^'\\\n])*'|\/\/[^\n]*/
    .source;
/** Words of ours outside of texts and comments. */
const TOKENS = new RegExp(
  [
    STRINGS,
    String.raw`\.in(?=\s*\()`,
    String.raw`(?<![\w.])loop(?!\w)`,
    String.raw`(?<![\w.])list(?=\s*\.\s*(?:${LIST_FUNCTIONS.join('|')})\s*\()`,
    String.raw`(?<![\w.])map(?=\s*\.\s*(?:${MAP_FUNCTIONS.join('|')})\s*\()`,
  ].join('|'),
  'g',
);
const OURS: Readonly<Record<string, string>> = { '.in': `.${IN}`, loop: LOOP, list: LIST, map: MAP };

export const respelt = (source: string): string => source.replace(TOKENS, (token) => (Object.hasOwn(OURS, token) ? OURS[token]! : token));

/** A message of CEL's with the words as they were written. */
export const asWritten = (message: string): string =>
  message.replaceAll(MATCHES, 'matches').replaceAll(LOOP, 'loop').replaceAll(LIST, 'list').replaceAll(MAP, 'map');
