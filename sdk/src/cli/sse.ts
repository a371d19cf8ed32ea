export interface ServerSent {
  id: string;
  event: string;
  data: string;
}

const LINE_END = /\r\n|\n|\r(?!$)/;

/** What the lines read so far amount to. */
function createReader(onRetry: (ms: number) => void) {
  let id = '';
  let event = '';
  let data: string[] = [];
  const fields: Record<string, (value: string) => void> = {
    data: (value) => void data.push(value),
    event: (value) => void (event = value),
    id: (value) => void (id = value.includes('\0') ? id : value),
    retry: (value) => void (/^\d+$/.test(value) && onRetry(Number(value))),
  };
  return {
    /** An empty line ends an event; one without data is none. */
    end(): ServerSent | undefined {
      const found = data.length > 0 ? { id, event: event || 'message', data: data.join('\n') } : undefined;
      event = '';
      data = [];
      return found;
    },
    read(line: string): void {
      const [, field = '', value = ''] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
      if (Object.hasOwn(fields, field)) fields[field]!(value);
    },
  };
}

/** Parts of a body as server-sent events (WHATWG HTML, 9.2.6). `onRetry` hears the server's wish for a pause. */
export async function* serverSent(body: AsyncIterable<Uint8Array>, onRetry: (ms: number) => void = () => undefined): AsyncGenerator<ServerSent> {
  const decoder = new TextDecoder();
  const reader = createReader(onRetry);
  let rest = '';
  for await (const part of body) {
    const lines = (rest + decoder.decode(part, { stream: true })).split(LINE_END);
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line !== '') reader.read(line);
      const event = line === '' ? reader.end() : undefined;
      if (event) yield event;
    }
  }
}
