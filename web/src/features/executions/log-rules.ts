import { clockTime } from '#lib/formats.ts';
import { LOG_LEVELS, type LogLevel, type LogLine } from './types.ts';

export interface LogFilter {
  /** The least level that is shown. */
  level: LogLevel;
  nodeId: string | undefined;
  text: string;
}

const words = ({ message, data }: LogLine): string => (data === null ? message : `${message} ${JSON.stringify(data)}`).toLowerCase();

/** Lines that a filter lets through. */
export function shownLines(lines: readonly LogLine[], { level, nodeId, text }: LogFilter): readonly LogLine[] {
  const least = LOG_LEVELS.indexOf(level);
  const wanted = text.trim().toLowerCase();
  return lines.filter(
    (line) =>
      LOG_LEVELS.indexOf(line.level) >= least && (nodeId === undefined || line.nodeId === nodeId) && (wanted === '' || words(line).includes(wanted)),
  );
}

/** As plain text, for the clipboard: time, level, node, message, data. */
export const textOf = (lines: readonly LogLine[], names: ReadonlyMap<string, string>): string =>
  lines
    .map(({ at, level, nodeId, iteration, message, data }) =>
      [
        clockTime(at),
        level.toUpperCase().padEnd(5),
        nodeId ? `${names.get(nodeId) ?? nodeId}${iteration ? `[${iteration}]` : ''}` : '-',
        message,
        ...(data === null ? [] : [JSON.stringify(data)]),
      ].join(' '),
    )
    .join('\n');

/** As a file that other programs read: one JSON object a line. */
export const ndjsonOf = (lines: readonly LogLine[]): string => lines.map((line) => `${JSON.stringify(line)}\n`).join('');
