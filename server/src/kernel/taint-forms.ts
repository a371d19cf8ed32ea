/** Anything shorter is no secret that could be told from a word. */
export const LEAST = 6;
/** A line of a value of several, such as a private key, that says something by itself; frames of PEM do not. */
const TELLING_LINE = 16;

const escaped = (text: string): string => JSON.stringify(text).slice(1, -1);
const ascii = (json: string): string => json.replaceAll(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Escaped once, and twice: JSON is often carried as text in JSON. Some writers leave nothing but ASCII. */
function jsonForms(value: string): string[] {
  const once = escaped(value);
  return [once, ascii(once), escaped(once), escaped(ascii(once))];
}

/** Every writer has its own idea of what must be encoded: RFC 3986, JavaScript, forms, and the WHATWG's for a password in a URL. */
function urlForms(value: string): string[] {
  const component = encodeURIComponent(value);
  const strict = component.replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  const form = new URLSearchParams([['', value]]).toString().slice(1);
  const url = new URL('http://user@host/');
  url.password = value;
  const upper = [component, strict, form, url.password, encodeURI(value)];
  return [...upper, ...upper.map((text) => text.replaceAll(/%[\dA-F]{2}/g, (code) => code.toLowerCase()))];
}

/**
 * By itself, and in the midst of something longer, such as the `user:password` of an HTTP header: three bytes are four characters, so
 * what comes before it shifts it in one of three ways. Characters that depend on its neighbours are left out.
 */
function base64Forms(value: string): string[] {
  const bytes = Buffer.from(value);
  const inside = [0, 1, 2].map((shift) =>
    Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + bytes.length) * 8) / 6)),
  );
  const standard = [bytes.toString('base64'), bytes.toString('base64').replace(/=+$/, ''), ...inside];
  return [...standard, ...standard.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))];
}

/** As part of a JSON pointer (RFC 6901): a value that was sent where a field’s name belongs is pointed at. */
function pointerForms(value: string): string[] {
  const pointer = value.replaceAll('~', '~0').replaceAll('/', '~1');
  return pointer === value ? [] : [pointer, ...jsonForms(pointer)];
}

/** Without what they are indented by: it is what very many begin with, and says nothing. */
const linesOf = (value: string): string[] =>
  value
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line, _at, all) => all.length > 1 && line.length >= TELLING_LINE && !line.startsWith('-----'));

/** Every way in which a value is written by those who pass it on. */
export function formsOf(value: string): Set<string> {
  const whole = value.toWellFormed();
  const found = [value, whole, ...jsonForms(whole), ...urlForms(whole), ...base64Forms(whole), ...pointerForms(whole), ...linesOf(whole)];
  return new Set(found.filter((form) => form.length >= LEAST));
}

/**
 * The first characters of each of them, so many as it is known by, and its lines. Of a long value the whole forms are many times its
 * length, and hardly ever is one of them met.
 */
export const beginningsOf = (value: string, length: number): Set<string> =>
  new Set([...[...formsOf(value.slice(0, 2 * length))].map((form) => form.slice(0, length)), ...linesOf(value)]);
