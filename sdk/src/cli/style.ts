import type { Io } from './io.ts';

/** Colours for people: none in a pipe, none when NO_COLOR asks for none (no-color.org). */
export interface Style {
  bold: (text: string) => string;
  quiet: (text: string) => string;
  good: (text: string) => string;
  warn: (text: string) => string;
  bad: (text: string) => string;
  width: number;
}

const paint = (on: boolean, code: string) => (text: string) => (on && text !== '' ? `\u001b[${code}m${text}\u001b[0m` : text);

export function styleOf({ stdout, env }: Io): Style {
  const on = stdout.isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
  return {
    bold: paint(on, '1'),
    quiet: paint(on, '2'),
    good: paint(on, '32'),
    warn: paint(on, '33'),
    bad: paint(on, '31'),
    width: stdout.isTTY ? (stdout.columns ?? 100) : 200,
  };
}

/** Text from a server must not steer the terminal: control characters are shown as what they are not. */
export const plain = (text: string): string => text.replace(/(?![\t\n])\p{Cc}/gu, '\ufffd');

export const padded = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - text.length));
export const cut = (text: string, width: number): string => (text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`);
