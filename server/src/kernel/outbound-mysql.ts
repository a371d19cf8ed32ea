import { isIP, type Socket } from 'node:net';
import type { Connection, ConnectionOptions, FieldPacket, ResultSetHeader, TypeCast } from 'mysql2';
import { MYSQL, type EgressRules } from './outbound-egress.ts';
import { TooLate, TooMuch } from './outbound-http.ts';
import { MAX_BYTES, placeOf, SqlFault, SSL, type PostgresQuery } from './outbound-postgres.ts';
import { outboundSocket } from './outbound-sockets.ts';
import { Unreachable, type LookUp } from './outbound.ts';

export interface MysqlQuery extends PostgresQuery {
  /** One statement with `?` where values stand, in their order. */
  text: string;
  /** Rows that were found and stay as they are do not count as affected. */
  changedOnly?: boolean;
}

/** Read with the first statement: most processes never ask such a database. */
const driver = async () => (await import('mysql2')).default;

/** A number of four bytes has about seven digits; those that four bytes cannot tell apart are left out, as the server does in text. */
function shortest(value: number): number {
  const found = [6, 7, 8].map((digits) => Number(value.toPrecision(digits))).find((number) => Math.fround(number) === value);
  return found ?? value;
}

const bits = (value: Buffer): number | string =>
  value.length <= 6 ? value.readUIntBE(0, value.length) : BigInt(`0x${value.toString('hex')}`).toString();

/** What JSON has no type for: bits are a number, other bytes base64 (RFC 4648). */
const asJson: TypeCast = (field, next) => {
  const value = next();
  if (Buffer.isBuffer(value)) return field.type === 'BIT' ? bits(value) : value.toString('base64');
  return field.type === 'FLOAT' && typeof value === 'number' ? shortest(value) : value;
};

const optionsOf = ({ timeoutMs, changedOnly = false }: MysqlQuery): ConnectionOptions => ({
  // No file of ours, whatever a server asks for: not offered, and not given.
  flags: ['-LOCAL_FILES', ...(changedOnly ? ['-FOUND_ROWS'] : [])],
  infileStreamFactory: () => {
    throw new SqlFault('08P01', 'the server asks for a file of ours, which it does not get');
  },
  multipleStatements: false,
  enableCleartextPlugin: false,
  // What servers say of their columns never becomes code.
  disableEval: true,
  connectTimeout: Math.min(timeoutMs, 10_000),
  connectAttributes: { program_name: 'switchyard' },
  trace: false,
  // Dates and times stay as they are written, and numbers that JSON would round are text.
  dateStrings: true,
  supportBigNumbers: true,
  bigNumberStrings: true,
  typeCast: asJson,
});

/** Packets out of order end the connection; the driver would write a line for each and go on. */
function guarded(connection: Connection, fail: (error: unknown) => void): Connection {
  const inner = connection as unknown as { sequenceId: number; handlePacket: (packet?: { sequenceId: number }) => void };
  const handle = inner.handlePacket.bind(connection);
  inner.handlePacket = (packet) => {
    if (packet === undefined || packet.sequenceId === inner.sequenceId) return handle(packet);
    fail(new Unreachable('the server does not speak as MySQL and MariaDB do'));
    connection.destroy();
  };
  return connection.on('error', fail);
}

/** Statements that take longer than a client waits: MySQL ends reads by itself, MariaDB everything. */
const PAST_ALL_ERRORS: ReadonlySet<number> = new Set([1969, 3024]);
/** The server has no room, or goes: too many connections (1040, 1203), shutdown (1053), killed (1927, 3169). */
const GONE: ReadonlySet<number> = new Set([1040, 1053, 1203, 1927, 3169]);

interface DriverError extends Error {
  code?: string;
  errno?: number;
  sqlState?: string;
  syscall?: string;
}

/** What the server refused, by the number of its error. */
function ofServer(number: number, state: string, message: string, seconds: number): Error {
  if (PAST_ALL_ERRORS.has(number)) return new TooLate(`the database did not answer within ${seconds} s`);
  return GONE.has(number) ? new Unreachable(`the database does not answer: ${message}`) : new SqlFault(state || 'HY000', message, number);
}

/** What the driver refused, or the network: a certificate, a way to log in, a connection that is gone. */
function ofDriver(code: string, message: string, isNetwork: boolean): Error {
  if (code === 'HANDSHAKE_NO_SSL_SUPPORT') return new SqlFault('08001', 'the server speaks no TLS. Let it, or say sslmode=disable where whoever sits in between may read along');
  if (code === 'HANDSHAKE_SSL_ERROR' && !isNetwork) return new SqlFault('08001', `the certificate of the server is not accepted: ${message}`);
  if (/^(MYSQL_CLEAR|AUTH_)/.test(code)) return new SqlFault('28000', 'the server wants the password in a way in which it is not sent; give the user caching_sha2_password or mysql_native_password');
  return new Unreachable(`the database does not answer: ${/^E[A-Z]+$/.test(code) ? code : message}`);
} // prettier-ignore

/** An error of the driver in our words; `text` takes the password out of what the server says. */
function asTold(error: DriverError, { timeoutMs }: MysqlQuery, text: (said: string) => string): Error {
  if ([TooLate, TooMuch, SqlFault, Unreachable].some((kind) => error instanceof kind)) return error;
  const { code = '', errno = 0, sqlState, syscall } = error;
  const message = text(error.message);
  return sqlState === undefined ? ofDriver(code, message, syscall !== undefined) : ofServer(errno, sqlState, message, timeoutMs / 1_000);
}

/**
 * One statement on a MySQL or MariaDB of somebody else, in a connection and a transaction of its own. Sent as a prepared statement, of which
 * the protocol takes one alone, and its parameters beside it: nothing is ever spliced. Times of type TIMESTAMP are those of UTC. Throws
 * `Forbidden`, `SqlFault`, `TooLate`, `TooMuch` or `Unreachable`.
 */
export async function outboundMysql(query: MysqlQuery, rules: EgressRules, look?: LookUp) {
  const { host, port, mode, user, password, database } = placeOf(query.connection, 'mysql');
  // The driver compares names alone, and would take a certificate for "localhost" as one for any address.
  if (mode === 'verify-full' && isIP(host) !== 0)
    throw new SqlFault('08001', 'sslmode=verify-full needs the name that stands in the certificate of the server, not its address');
  const { timeoutMs, signal } = query;
  const mysql = await driver();
  const socket = await outboundSocket({ host, port, timeoutMs: Math.min(timeoutMs, 10_000), signal }, rules, MYSQL, look);
  const { promise: broken, reject: fail } = Promise.withResolvers<never>();
  const ends = watch(socket, query, fail);
  try {
    // By the name, which the certificate is for; the connection is there already and leads to the address that was judged.
    const ssl = mode === 'disable' ? {} : { ssl: { ...SSL[mode], verifyIdentity: mode === 'verify-full' } };
    const options = { ...optionsOf(query), ...ssl, stream: socket, host, port, user, password, ...(database === '' ? {} : { database }) };
    const connection = guarded(mysql.createConnection(options), fail);
    ends.push(() => connection.destroy());
    const typed = (value: unknown) => (Number.isSafeInteger(value) ? mysql.TypedParameter.LONGLONG(value as number) : value);
    return await Promise.race([broken, inTransaction(connection, { ...query, values: query.values.map(typed) })]);
  } catch (error) {
    signal.throwIfAborted();
    throw asTold(error as DriverError, query, (said) => (password.length < 6 ? said : said.replaceAll(password, '***')));
  } finally {
    for (const end of ends) end();
    socket.destroy();
  }
}

/** Ends the connection in time, and where more comes than is taken. Bytes are counted on the wire, so also those before the log-in. */
function watch(socket: Socket, { timeoutMs, signal }: MysqlQuery, fail: (error: unknown) => void): (() => void)[] {
  const stop = (): void => fail(signal.reason);
  const late = setTimeout(() => fail(new TooLate(`the database did not answer within ${timeoutMs / 1_000} s`)), timeoutMs + 1_000);
  const count = setInterval(() => {
    if (socket.bytesRead > MAX_BYTES) fail(new TooMuch(`the statement answers more than ${MAX_BYTES} bytes`));
  }, 20);
  signal.addEventListener('abort', stop, { once: true });
  socket.on('error', fail);
  return [() => clearTimeout(late), () => clearInterval(count), () => signal.removeEventListener('abort', stop)];
}

const said = (connection: Connection, statement: string): Promise<void> =>
  new Promise((resolve, reject) => void connection.query(statement, (error) => (error ? reject(error) : resolve())));

/** Each of the two reads its own comment and passes over the other's. */
const beginning = (timeoutMs: number): string =>
  `set session time_zone = '+00:00' /*M!100100 , max_statement_time = ${timeoutMs / 1_000} */ /*!50708 , max_execution_time = ${Math.ceil(timeoutMs)} */`;

async function inTransaction(connection: Connection, query: MysqlQuery) {
  await said(connection, beginning(query.timeoutMs));
  // What a procedure of theirs does after a COMMIT of its own is a transaction too.
  if (query.readOnly) await said(connection, 'set session transaction read only');
  await said(connection, query.readOnly ? 'start transaction read only' : 'start transaction');
  const answer = await answerOf(connection, query);
  await said(connection, 'commit');
  return answer;
}

/** Reads no more rows than were asked for. Of a procedure that answers several lists, the rows of all of them. */
function answerOf(connection: Connection, { text, values, maxRows }: MysqlQuery): Promise<{ rows: Record<string, unknown>[]; affected: number }> {
  return new Promise((resolve, reject) => {
    const rows: Record<string, unknown>[] = [];
    let affected = 0;
    let names: string[] = [];
    const asked = connection.execute({ sql: text, values: [...values], rowsAsArray: true });
    asked.on('fields', (fields: FieldPacket[] | undefined) => void (names = (fields ?? []).map(({ name }) => name)));
    asked.on('result', (row: unknown[] | ResultSetHeader) => {
      if (!Array.isArray(row)) affected += row.affectedRows;
      else if (rows.length === maxRows) reject(new TooMuch(`the statement answers more than ${maxRows} rows`));
      else rows.push(Object.fromEntries(names.map((name, at) => [name, row[at]])));
    });
    asked.on('error', reject);
    asked.on('end', () => resolve({ rows, affected }));
  });
}
