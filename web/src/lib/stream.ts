import { useEffect, useRef, useState } from 'react';
import { urlOf } from './api.ts';

export type StreamState = 'connecting' | 'open' | 'lost';
/** Name of the event and its parsed `data`. */
export type StreamListener = (name: string, data: unknown) => void;

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/**
 * Server-sent events of one path while the page is visible. The browser resumes with Last-Event-ID by itself; a hidden
 * tab lets go of its connection, since HTTP/1.1 gives all tabs together only six, and `onOpen` tells to read again: `first` what was
 * read before there was a stream, later everything.
 */
export function useStream(path: string | null, names: readonly string[], listener: StreamListener, onOpen?: (first: boolean) => void): StreamState {
  const [state, setState] = useState<StreamState>('connecting');
  const latest = useRef({ listener, onOpen });
  latest.current = { listener, onOpen };
  const wanted = names.join(' ');

  useEffect(() => {
    if (path === null || typeof EventSource === 'undefined') return;
    let source: EventSource | null = null;
    let again: ReturnType<typeof setTimeout> | undefined;
    let failures = 0;
    let opened = false;

    const open = () => {
      source = new EventSource(urlOf(path), { withCredentials: true });
      source.onopen = () => {
        setState('open');
        failures = 0;
        latest.current.onOpen?.(!opened);
        opened = true;
      };
      source.onerror = () => {
        setState('lost');
        // CLOSED means an answer the browser will not retry (a proxy's 502, a restart): we do, ever more slowly.
        if (source?.readyState === EventSource.CLOSED) again = setTimeout(open, Math.min(30_000, 1000 * 2 ** failures++));
      };
      for (const name of ['message', ...wanted.split(' ').filter(Boolean)])
        source.addEventListener(name, (event) => latest.current.listener(name, parse(event.data as string)));
    };
    const close = () => {
      clearTimeout(again);
      source?.close();
      source = null;
    };
    const onVisible = () => (document.hidden ? close() : source === null && open());

    if (!document.hidden) open();
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      document.removeEventListener('visibilitychange', onVisible);
      close();
    };
  }, [path, wanted]);

  return state;
}
