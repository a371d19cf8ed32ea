import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useStream, type StreamState } from '#lib/stream.ts';
import type { Change } from '#lib/types.ts';
import { changeQuery, isTerminal } from './api.ts';

export interface LogLine {
  at: string;
  text: string;
  level: string;
}
const NAMES = ['state', 'step', 'progress', 'log'] as const;
/** A chatty job must not fill the page; the audit trail and the server's log keep all. */
const KEEP = 500;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Follows one Change: its log lines as they come, and the Change read again when it moved. */
export function useChangeStream(key: string, change: Change | undefined): { lines: LogLine[]; live: StreamState | 'ended' } {
  const client = useQueryClient();
  const [lines, setLines] = useState<LogLine[]>([]);
  const seen = useRef(new Set<string>());
  const ended = change !== undefined && isTerminal(change.state);
  // The log of an ended Change is still read once, from its beginning; the stream is left when it has told the end.
  const [told, setTold] = useState(false);
  const refresh = () => void client.invalidateQueries({ queryKey: changeQuery(key).queryKey });

  const state = useStream(change && !told ? `/changes/${change.id}/events` : null, NAMES, (name, data) => {
    const event = (data ?? {}) as Record<string, unknown>;
    if (name === 'log') {
      const line = { at: textOf(event['at']), text: textOf(event['text']) || textOf(event['message']), level: textOf(event['level']) || 'info' };
      const id = `${line.at} ${line.text}`;
      if (seen.current.has(id)) return;
      seen.current.add(id);
      setLines((before) => [...before, line].slice(-KEEP));
    } else if (name === 'progress' && change) {
      const progress = Number(event['progress'] ?? event['percent']);
      client.setQueryData<Change>(changeQuery(key).queryKey, (now) =>
        now?.job && Number.isFinite(progress) ? { ...now, job: { ...now.job, progress, message: textOf(event['message']) || now.job.message } } : now,
      );
    } else if (name === 'state' || name === 'step') {
      if (!ended) refresh();
      if (name === 'state' && ended && event['state'] === change?.state) setTold(true);
    }
  });
  return { lines, live: ended ? 'ended' : state };
}
