import { destination, pino, type DestinationStream, type Logger } from 'pino';
import { isAnythingTainted, scrub, scrubValue } from './taint.ts';
import { whereabouts } from './whereabouts.ts';

export type Log = Logger;

const CENSOR = '[secret]';
const SECRET_NAMES = new Set(['password', 'token', 'secret', 'apiKey', 'authorization', 'cookie', 'credential', 'masterKey', 'key']);

const DEEP = 3;

/** The fields without what is called like a secret, to a depth of three; the same object when there is none, which is nearly always. */
function redacted(fields: Record<string, unknown>, depth = DEEP): Record<string, unknown> {
  let copy: Record<string, unknown> | undefined;
  for (const [name, value] of Object.entries(fields)) {
    const nested = depth > 1 && value !== null && typeof value === 'object' && !(value instanceof Error);
    const safe = SECRET_NAMES.has(name) ? CENSOR : nested ? redacted(value as Record<string, unknown>, depth - 1) : value;
    if (safe !== value) (copy ??= (Array.isArray(fields) ? [...(fields as unknown[])] : { ...fields }) as Record<string, unknown>)[name] = safe;
  }
  return copy ?? fields;
}

/** Values that a failed query was sent with: personal data, and what is not yet sealed. */
const VALUES = /\nparams: [^]*?(?=\n {4}at |$)/;

/** What is known and harmless of an error and its causes. Its other fields are left out: drivers put rows and credentials there. */
function errorFields(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { code, slug } = error as { code?: unknown; slug?: unknown };
  return {
    type: error.name,
    message: error.message.replace(VALUES, ''),
    ...(slug === undefined ? {} : { slug }),
    ...(code === undefined ? {} : { code }),
    stack: error.stack?.replace(VALUES, ''),
    ...(error.cause === undefined ? {} : { cause: errorFields(error.cause) }),
  };
}

/** Gathered for a moment: a write for each line would cost as much as the call that it tells of. What waits is written at the exit. */
const stderr = (): DestinationStream => destination({ dest: 2, sync: false, minLength: 8_192, periodicFlush: 200 });

/** A line without values of secrets. What it is found by stays: no value may hide a line from who looks for its level. */
function clean(line: string): string {
  if (scrub(line, null) === line) return line;
  const { level, time, app, ...said } = JSON.parse(line) as Record<string, unknown>;
  return `${JSON.stringify({ level, time, app, ...scrubValue(said, null) })}\n`;
}

const cleaning = (to: DestinationStream): DestinationStream => ({ write: (line) => to.write(isAnythingTainted() ? clean(line) : line) });

/** JSON lines on stderr, so that stdout stays clean for tools (stdio MCP, exports). Fields with the names of secrets are cut out. */
export const createLog = (level: string, to: DestinationStream = stderr()): Log =>
  pino(
    {
      level,
      base: { app: 'switchyard' },
      // What the line says itself wins.
      mixin: whereabouts,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: errorFields },
      // The library's own redaction copies every line.
      formatters: { level: (label) => ({ level: label }), log: (fields) => redacted(fields) },
    },
    cleaning(to),
  );
