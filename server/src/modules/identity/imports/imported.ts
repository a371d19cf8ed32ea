import { pbkdf2, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { verify as verifyBcrypt } from '@node-rs/bcrypt';

const derivePbkdf2 = promisify(pbkdf2);
const deriveScrypt = promisify<string, Uint8Array, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(scrypt);

/** `pbkdf2_sha256$iterations$salt$digest`: salt and digest in hex (exchange.md 4.2), or as Django writes them: salt as text, digest in base64. */
const PBKDF2 = /^pbkdf2_sha256\$(\d{1,8})\$([\w+/=.-]{1,128})\$([\w+/=]{40,64})$/;
/** PHC string form: `$scrypt$ln=14,r=8,p=1$salt$hash`, base64 without padding. */
const SCRYPT = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{8,128})\$([A-Za-z0-9+/]{22,172})$/;

/** `$2b$12$` and 53 characters: salt and digest (Provos and Mazières, 1999). */
const BCRYPT = /^\$2[aby]\$(\d{2})\$[./A-Za-z0-9]{53}$/;

/** Beyond these a hash would cost more time or memory than one sign-in may. */
const MOST = { iterations: 5_000_000, rounds: 14, ln: 17, memory: 256 * 1024 * 1024 };

const same = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && timingSafeEqual(a, b);

async function verifyPbkdf2(stored: string, password: string): Promise<boolean> {
  const [, iterations, salt, digest] = PBKDF2.exec(stored)!;
  if (Number(iterations) < 1 || Number(iterations) > MOST.iterations) return false;
  const inHex = /^[0-9a-f]{64}$/.test(digest!) && /^(?:[0-9a-f]{2})+$/.test(salt!);
  const made = await derivePbkdf2(password, inHex ? Buffer.from(salt!, 'hex') : salt!, Number(iterations), 32, 'sha256');
  return same(made, Buffer.from(digest!, inHex ? 'hex' : 'base64'));
}

async function verifyScrypt(stored: string, password: string): Promise<boolean> {
  const [, ln, r, p, salt, hash] = SCRYPT.exec(stored)!;
  const cost = { N: 2 ** Number(ln), r: Number(r), p: Number(p) };
  if (Number(ln) < 1 || Number(ln) > MOST.ln || cost.r < 1 || cost.p < 1 || 128 * cost.N * cost.r * cost.p > MOST.memory) return false;
  const expected = Buffer.from(hash!, 'base64');
  const made = await deriveScrypt(password, Buffer.from(salt!, 'base64'), expected.length, { ...cost, maxmem: 2 * MOST.memory });
  return same(made, expected);
}

/** A password hash in a form that other systems keep: it is accepted at sign-in, once, and replaced by ours. */
export const isImported = (stored: string): boolean => BCRYPT.test(stored) || PBKDF2.test(stored) || SCRYPT.test(stored);

export function verifyImported(stored: string, password: string): Promise<boolean> {
  const rounds = BCRYPT.exec(stored)?.[1];
  if (rounds !== undefined) return Number(rounds) > MOST.rounds ? Promise.resolve(false) : verifyBcrypt(password, stored);
  return PBKDF2.test(stored) ? verifyPbkdf2(stored, password) : verifyScrypt(stored, password);
}
