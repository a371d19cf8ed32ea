import { destination, pino, type Logger } from 'pino';

export type Log = Logger;

const SECRET_NAMES = ['password', 'token', 'secret', 'apiKey', 'authorization', 'cookie', 'credential', 'masterKey', 'key'];

/** JSON lines on stderr, so that stdout stays clean for tools (stdio MCP, exports). Fields with the names of secrets are cut out. */
export const createLog = (level: string): Log =>
  pino(
    {
      level,
      base: { app: 'switchyard' },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: SECRET_NAMES.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[secret]' },
      formatters: { level: (label) => ({ level: label }) },
    },
    destination({ dest: 2, sync: false }),
  );
