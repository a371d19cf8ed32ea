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
type Told = Record<string, unknown>;

const lineOf = (event: Told): LogLine => ({ at: textOf(event['at']), text: textOf(event['message']), level: textOf(event['level']) || 'info' });

/** The Change with the job's progress moved on; steps and states are read anew instead. */
function progressed(change: Change | undefined, event: Told): Change | undefined {
  const progress = Number(event['progress']);
  if (!change?.job || !Number.isFinite(progress)) return change;
  return { ...change, progress, job: { ...change.job, progress, message: textOf(event['message']) || change.job.message } };
}

/** Log lines in the order they came; told again after a reconnection they are not doubled. */
function useLines(): [LogLine[], (line: LogLine) => void] {
  const [lines, setLines] = useState<LogLine[]>([]);
  const seen = useRef(new Set<string>());
  const add = (line: LogLine) => {
    const id = `${line.at} ${line.text}`;
    if (seen.current.has(id)) return;
    seen.current.add(id);
    setLines((before) => [...before, line].slice(-KEEP));
  };
  return [lines, add];
}

/** Follows one Change: its log lines as they come, and the Change read again when it moved. */
export function useChangeStream(key: string, change: Change | undefined): { lines: LogLine[]; live: StreamState | 'ended' } {
  const client = useQueryClient();
  const { queryKey } = changeQuery(key);
  const [lines, addLine] = useLines();
  const ended = change !== undefined && isTerminal(change.state);
  // The log of an ended Change is still read once, from its beginning; the stream is left when it has told the end.
  const [told, setTold] = useState(false);

  const state = useStream(change && !told ? `/changes/${change.id}/events` : null, NAMES, (name, data) => {
    const event = (data ?? {}) as Told;
    if (name === 'log') addLine(lineOf(event));
    else if (name === 'progress' && !ended) client.setQueryData<Change>(queryKey, (now) => progressed(now, event));
    else if (!ended) void client.invalidateQueries({ queryKey });
    else if (name === 'state' && event['state'] === change.state) setTold(true);
  });
  return { lines, live: ended ? 'ended' : state };
}
