import { timingSafeEqual } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';

// bcrypt (Provos and Mazières, "A Future-Adaptable Password Scheme", 1999), for verifying hashes that come from elsewhere. New ones are
// never made with it.

const ROUNDS = 16;
const P_WORDS = ROUNDS + 2;
const WORDS = P_WORDS + 4 * 256;

/** Blowfish begins with the fraction of π in binary; it is computed, so that a table of a thousand constants need not be trusted. */
function fractionOfPi(words: number): Uint32Array {
  const bits = BigInt(words * 32 + 64);
  const one = 1n << bits;
  const arctanOfInverse = (x: bigint): bigint => {
    let term = one / x;
    let sum = term;
    for (let n = 3n, sign = -1n; term !== 0n; n += 2n, sign = -sign) {
      term /= x * x;
      sum += (sign * term) / n;
    }
    return sum;
  };
  // Machin 1706: π = 16 arctan(1/5) − 4 arctan(1/239).
  const fraction = (16n * arctanOfInverse(5n) - 4n * arctanOfInverse(239n)) & (one - 1n);
  const hex = (fraction >> 64n).toString(16).padStart(words * 8, '0');
  return Uint32Array.from({ length: words }, (_, at) => Number.parseInt(hex.slice(at * 8, at * 8 + 8), 16));
}
let initial: Uint32Array | undefined;

/** P and the four S boxes, one behind the other. */
type State = Uint32Array;

function encipher(state: State, pair: Uint32Array): void {
  let left = pair[0]!;
  let right = pair[1]!;
  for (let round = 0; round < ROUNDS; round += 1) {
    left ^= state[round]!;
    const [a, b, c, d] = [left >>> 24, (left >>> 16) & 255, (left >>> 8) & 255, left & 255];
    const sum = (state[P_WORDS + a]! + state[P_WORDS + 256 + b]!) | 0;
    right ^= ((sum ^ state[P_WORDS + 512 + c]!) + state[P_WORDS + 768 + d]!) | 0;
    [left, right] = [right, left];
  }
  pair[0] = right ^ state[P_WORDS - 1]!;
  pair[1] = left ^ state[P_WORDS - 2]!;
}

/** Words of the bytes, over and over. */
function cycle(bytes: Uint8Array, words: number): Uint32Array {
  let at = 0;
  return Uint32Array.from({ length: words }, () => {
    let word = 0;
    for (let count = 0; count < 4; count += 1, at = (at + 1) % bytes.length) word = (word << 8) | bytes[at]!;
    return word;
  });
}

function expand(state: State, key: Uint32Array, salt: Uint32Array): void {
  for (let at = 0; at < P_WORDS; at += 1) state[at]! ^= key[at]!;
  const pair = new Uint32Array(2);
  for (let at = 0; at < WORDS; at += 2) {
    pair[0]! ^= salt[at % 4]!;
    pair[1]! ^= salt[(at + 1) % 4]!;
    encipher(state, pair);
    state[at] = pair[0]!;
    state[at + 1] = pair[1]!;
  }
}

const ALPHABET = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
function decode(text: string, bytes: number): Uint8Array {
  let bits = 0n;
  for (const char of text) bits = (bits << 6n) | BigInt(ALPHABET.indexOf(char));
  bits >>= BigInt(text.length * 6 - bytes * 8);
  return Buffer.from(bits.toString(16).padStart(bytes * 2, '0'), 'hex');
}

const NO_SALT = new Uint32Array(4);
/** One step costs a few hundred microseconds; others get their turn in between. */
const STEPS_AT_ONCE = 32;

async function digest(password: Uint8Array, salt: Uint8Array, cost: number): Promise<Uint8Array> {
  const state = Uint32Array.from((initial ??= fractionOfPi(WORDS)));
  const key = cycle(Buffer.concat([password, Buffer.alloc(1)]).subarray(0, 72), P_WORDS);
  const saltWords = cycle(salt, 4);
  const saltKey = cycle(salt, P_WORDS);
  expand(state, key, saltWords);
  for (let step = 0; step < 2 ** cost; step += 1) {
    expand(state, key, NO_SALT);
    expand(state, saltKey, NO_SALT);
    if (step % STEPS_AT_ONCE === STEPS_AT_ONCE - 1) await turn();
  }
  const out = Buffer.alloc(24);
  const text = Buffer.from('OrpheanBeholderScryDoubt');
  const pair = new Uint32Array(2);
  for (let at = 0; at < 24; at += 8) {
    pair[0] = text.readUInt32BE(at);
    pair[1] = text.readUInt32BE(at + 4);
    for (let times = 0; times < 64; times += 1) encipher(state, pair);
    out.writeUInt32BE(pair[0]!, at);
    out.writeUInt32BE(pair[1]!, at + 4);
  }
  return out.subarray(0, 23);
}

const FORM = /^\$2[aby]\$(\d\d)\$([./A-Za-z0-9]{22})([./A-Za-z0-9]{31})$/;
/** Above this a single sign-in would keep a processor busy for many seconds. */
const MOST_COST = 14;

export const isBcrypt = (stored: string): boolean => FORM.test(stored);

/** False also for a cost below 4 or above 14. */
export async function verifyBcrypt(stored: string, password: string): Promise<boolean> {
  const [, cost, salt, hash] = FORM.exec(stored) ?? [];
  if (cost === undefined || Number(cost) < 4 || Number(cost) > MOST_COST) return false;
  return timingSafeEqual(await digest(Buffer.from(password), decode(salt!, 16), Number(cost)), decode(hash!, 23));
}
