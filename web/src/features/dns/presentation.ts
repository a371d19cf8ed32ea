/** One word or quoted string of RDATA in presentation form (RFC 1035 5.1). */
export interface Word {
  text: string;
  quoted: boolean;
}

/** Cuts presentation form into words; escapes are kept, and quotes inside a word (`alpn="h2,h3"`) too. Undefined when a quote is not closed. */
export function wordsOf(value: string): Word[] | undefined {
  const words: Word[] = [];
  let at = 0;
  while (at < value.length) {
    if (/\s/.test(value[at]!)) at++;
    else {
      const quoted = value[at] === '"';
      const pattern = quoted ? /"((?:[^"\\]|\\[\s\S])*)"/y : /((?:[^\s"\\]|\\[\s\S]|"(?:[^"\\]|\\[\s\S])*")+)/y;
      pattern.lastIndex = at;
      const match = pattern.exec(value);
      if (!match) return undefined;
      words.push({ text: match[1]!, quoted });
      at = pattern.lastIndex;
    }
  }
  return words;
}

/** Octets behind escapes: `\DDD` is an octet, `\X` the character itself. */
function octets(escaped: string): number[] {
  const bytes: number[] = [];
  const encoder = new TextEncoder();
  for (const match of escaped.matchAll(/\\(\d{3})|\\([\s\S])|([^\\]+)/g)) {
    if (match[1] !== undefined) bytes.push(Number(match[1]) & 255);
    else bytes.push(...encoder.encode(match[2] ?? match[3]));
  }
  return bytes;
}

/** The text that readers of a TXT record see: its strings joined. Undefined when it is not UTF-8 text or not readable. */
export function txtContent(value: string): string | undefined {
  const words = wordsOf(value);
  if (!words || words.length === 0 || words[0]!.text === '\\#') return undefined;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(words.flatMap(({ text: word }) => octets(word))));
    // Control characters cannot be told apart in a text field.
    return /[\p{Cc}]/u.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

const MOST = 255;
const escapeOctet = (byte: number): string => {
  const letter = String.fromCharCode(byte);
  if (letter === '"' || letter === '\\') return `\\${letter}`;
  return byte < 32 || byte > 126 ? `\\${String(byte).padStart(3, '0')}` : letter;
};

/** A text as quoted strings of at most 255 octets each. */
export function quoteText(text: string): string {
  const bytes = [...new TextEncoder().encode(text)];
  const parts: string[] = [];
  for (let at = 0; at < Math.max(1, bytes.length); at += MOST)
    parts.push(
      `"${bytes
        .slice(at, at + MOST)
        .map(escapeOctet)
        .join('')}"`,
    );
  return parts.join(' ');
}
