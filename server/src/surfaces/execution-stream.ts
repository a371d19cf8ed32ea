import { Problem } from '#kernel/problem.ts';

/** One message of the live stream of an execution (workflows.md 14.4). */
export interface StreamMessage {
  type: string;
  /** Without gaps within an execution. What is no event of it (heartbeat, log, pong) carries the number of the last that was sent. */
  seq: number;
  /** RFC 3339. */
  at: string;
  data: Record<string, unknown>;
}

/** Why a connection is closed. */
export const CLOSE = {
  ended: 1000,
  goingAway: 1001,
  protocol: 1008,
  fault: 1011,
  unauthenticated: 4401,
  forbidden: 4403,
  unknown: 4404,
  slow: 4408,
  tooMany: 4429,
} as const;
export type CloseCode = (typeof CLOSE)[keyof typeof CLOSE];

const BY_STATUS: Readonly<Record<number, CloseCode>> = {
  401: CLOSE.unauthenticated,
  403: CLOSE.forbidden,
  404: CLOSE.unknown,
  // An id that is none.
  422: CLOSE.unknown,
  429: CLOSE.tooMany,
};
/** What a refusal by the Gate means to a connection. */
export const closeCodeOf = (error: unknown): CloseCode => (error instanceof Problem ? (BY_STATUS[error.kind.status] ?? CLOSE.fault) : CLOSE.fault);

const LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LEVELS)[number];
export const isLevel = (value: unknown): value is LogLevel => LEVELS.includes(value as LogLevel);

/** How far a reader is, and what it wants to hear. */
export interface Reader {
  /** Number of the last message that it has. */
  seq: number;
  /** Least level of log lines; null for none. */
  logs: LogLevel | null;
  /** Number of the last log line that it has. */
  line: number;
  /** Wants the answers of models letter by letter. */
  tokens: boolean;
  acknowledged: number;
}
export const newReader = (seq: number, line: number, logs: LogLevel | null = null): Reader => ({ seq, logs, line, tokens: false, acknowledged: seq });

/** Messages that a client may send in one second, and their largest size in bytes. */
export const CLIENT_LIMITS = { perSecond: 10, bytes: 4_096 } as const;

const whole = (value: unknown): number | undefined => (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined);

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

export type Reaction = { reader: Reader; answer?: 'pong' | 'subscribed' } | { close: CloseCode; reason: string };

/** What a client's message comes to: `ping`, `subscribe {logs, after, tokens}`, `ack {seq}`. Anything else ends the connection. */
export function react(reader: Reader, text: string): Reaction {
  const message = text.length > CLIENT_LIMITS.bytes ? undefined : parsed(text);
  switch (message?.['type']) {
    case 'ping':
      return { reader, answer: 'pong' };
    case 'ack':
      return { reader: { ...reader, acknowledged: whole(message['seq']) ?? reader.acknowledged } };
    case 'subscribe': {
      const { logs, tokens, after } = message;
      const level = logs === undefined ? reader.logs : isLevel(logs) ? logs : logs === true ? 'info' : null;
      return { reader: { ...reader, logs: level, line: whole(after) ?? reader.line, tokens: tokens === undefined ? reader.tokens : tokens === true }, answer: 'subscribed' };
    }
    default:
      return { close: CLOSE.protocol, reason: 'a message is ping, subscribe or ack, as JSON' };
  }
} // prettier-ignore

/** Counts a client's messages; false when there are too many in one second. */
export function createPace(now: () => number = Date.now) {
  let from = 0;
  let count = 0;
  return (): boolean => {
    const at = now();
    if (at - from >= 1_000) [from, count] = [at, 0];
    count += 1;
    return count <= CLIENT_LIMITS.perSecond;
  };
}

/** Takes the next messages of an execution; throws when one is missing, so that a gap ends the connection rather than being passed over. */
export function follow(reader: Reader, messages: readonly StreamMessage[]): Reader {
  let { seq } = reader;
  for (const message of messages) {
    if (message.seq !== seq + 1) throw new Error(`message ${seq + 1} is missing: ${message.seq} came`);
    seq = message.seq;
  }
  return { ...reader, seq };
}

/** Where a reader begins: behind what it says it has, else behind what the snapshot shows. */
export const startOf = (after: unknown, lastSeq: number): number => {
  const wanted = typeof after === 'string' && /^\d{1,9}$/.test(after) ? Number(after) : undefined;
  return wanted === undefined ? lastSeq : Math.min(wanted, lastSeq);
};

/** Open connections per person and tenant (workflows.md 15). */
export const CONNECTIONS = { perPerson: 10, perTenant: 100, hours: 24 } as const;

/** Who has how many connections in this process. */
export function createSeats(limits: { perPerson: number; perTenant: number } = CONNECTIONS) {
  const taken = new Map<object, { actorId: string; tenantId: string }>();
  const count = (field: 'actorId' | 'tenantId', value: string): number => [...taken.values()].filter((one) => one[field] === value).length;
  return {
    /** False when there is no place left. */
    take(seat: object, who: { actorId: string; tenantId: string }): boolean {
      if (count('actorId', who.actorId) >= limits.perPerson || count('tenantId', who.tenantId) >= limits.perTenant) return false;
      taken.set(seat, who);
      return true;
    },
    leave: (seat: object): void => void taken.delete(seat),
    count: (): number => taken.size,
  };
}
