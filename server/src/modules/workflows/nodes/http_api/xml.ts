import type { Json } from '../../graph.ts';

/** The text is not XML, or uses what is not read: document types, and with them entities of one's own. */
export class XmlFault extends Error {}

const TOKEN =
  /<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<\?[\s\S]*?\?>|<(\/?)([\p{L}_:][\p{L}\d_:.-]*)((?:\s+[\p{L}_:][\p{L}\d_:.-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)|(<)/gu;
const ATTRIBUTE = /([\p{L}_:][\p{L}\d_:.-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')/gu;
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
/** Of elements in elements. */
const DEEPEST = 100;

const plain = (text: string): string =>
  text.replaceAll(/&(#x[\da-f]+|#\d+|\w+);/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name] ?? whole;
    const code = name[1]!.toLowerCase() === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : '';
  });

interface Open {
  name: string;
  attributes: Record<string, Json>;
  children: Record<string, Json>;
  text: string;
}

const opened = (name: string, attributes: string): Open => ({
  name,
  attributes: Object.fromEntries([...attributes.matchAll(ATTRIBUTE)].map(([, key, double, single]) => [`@${key}`, plain(double ?? single ?? '')])),
  children: {},
  text: '',
});

/** An element of text alone is that text; attributes are `@name`, text beside them `#text`, and what comes several times is a list. */
function valueOf({ attributes, children, text }: Open): Json {
  const said = text.trim();
  const content = { ...attributes, ...children };
  if (Object.keys(content).length === 0) return said;
  return said === '' ? content : { ...content, '#text': said };
}

function put(into: Record<string, Json>, name: string, value: Json): void {
  const before = Object.hasOwn(into, name) ? into[name] : undefined;
  if (Array.isArray(before)) before.push(value);
  else
    Object.defineProperty(into, name, {
      value: before === undefined ? value : [before, value],
      enumerable: true,
      writable: true,
      configurable: true,
    });
}

function closed(stack: Open[], name: string): void {
  const top = stack.at(-1)!;
  if (top.name !== name || stack.length === 1) throw new XmlFault(`</${name}> closes what is not open`);
  stack.pop();
  put(stack.at(-1)!.children, name, valueOf(top));
}

/** XML as JSON. Document types are refused: they are what entity attacks are made of. Throws `XmlFault`. */
export function parseXml(source: string): Json {
  const root = opened('', '');
  const stack: Open[] = [root];
  for (const [, cdata, closes, name, attributes = '', empty, text, stray] of source.replace(/^\uFEFF/, '').matchAll(TOKEN)) {
    if (stray !== undefined) throw new XmlFault('there is a "<" that begins nothing, or a document type');
    const top = stack.at(-1)!;
    if (name === undefined) top.text += cdata ?? plain(text ?? '');
    else if (closes) closed(stack, name);
    else if (empty) put(top.children, name, valueOf(opened(name, attributes)));
    else if (stack.push(opened(name, attributes)) > DEEPEST) throw new XmlFault('it is nested too deeply');
  }
  requireWhole(root, stack);
  return root.children;
}

function requireWhole(root: Open, stack: readonly Open[]): void {
  if (stack.length > 1) throw new XmlFault(`<${stack.at(-1)!.name}> is not closed`);
  if (root.text.trim() !== '' || Object.keys(root.children).length !== 1) throw new XmlFault('it has not one root');
}
