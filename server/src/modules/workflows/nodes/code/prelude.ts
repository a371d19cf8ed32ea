/**
 * What a script finds in its world, beside ECMAScript: run in the fresh context before it. `host` is the only way out, takes and gives text,
 * and is gone from the global object before the script begins. In the script's own engine, so nothing of ours is within its reach.
 */
export const PRELUDE = String.raw`
(function (host, facts) {
  'use strict';
  const { parse, stringify } = JSON;
  const { now } = facts;
  const call = (name, ...args) => parse(host(name, stringify(args)));
  const define = (name, value) => Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });

  // Code is what was published, not what a script makes up.
  const refuse = () => { throw new EvalError('code cannot be made from text here'); };
  for (const make of [function () {}, function* () {}, async function () {}, async function* () {}]) {
    const { constructor } = Object.getPrototypeOf(make);
    Object.defineProperty(Object.getPrototypeOf(make), 'constructor', { value: refuse, writable: false, configurable: false });
    if (constructor === Function) define('Function', refuse);
  }
  define('eval', refuse);

  // The same whenever it is run again.
  const RealDate = Date;
  // Not a subclass: the real one, which knows what time it is, must not be found above it.
  function DateHere(...args) {
    if (!new.target) return new RealDate(now).toString();
    return Reflect.construct(RealDate, args.length === 0 ? [now] : args, new.target);
  }
  Object.assign(DateHere, { now: () => now, parse: RealDate.parse, UTC: RealDate.UTC });
  Object.defineProperty(DateHere, 'name', { value: 'Date' });
  DateHere.prototype = RealDate.prototype;
  Object.defineProperty(RealDate.prototype, 'constructor', { value: DateHere, writable: true, configurable: true, enumerable: false });
  define('Date', DateHere);
  // Clocks, and what shows when memory is cleared.
  for (const name of ['performance', 'SharedArrayBuffer', 'Atomics', 'WeakRef', 'FinalizationRegistry']) delete globalThis[name];
  let state = facts.seed;
  // mulberry32: four bytes of state are plenty for a script.
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  Math.random = random;

  const show = (value) => {
    if (typeof value === 'string') return value;
    if (value instanceof Error) return value.name + ': ' + value.message;
    try { return stringify(value) ?? String(value); } catch { return String(value); }
  };
  const log = (level) => (...args) => { host('log', stringify([level, args.map(show).join(' ')])); };
  const levels = { debug: log('debug'), log: log('info'), info: log('info'), warn: log('warn'), error: log('error'), trace: log('debug') };
  define('console', levels);

  class TextEncoder {
    get encoding() { return 'utf-8'; }
    encode(text = '') {
      const bytes = [];
      for (const character of String(text).toWellFormed()) {
        const code = character.codePointAt(0);
        if (code < 0x80) bytes.push(code);
        else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
        else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
        else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
      }
      return Uint8Array.from(bytes);
    }
  }
  class TextDecoder {
    get encoding() { return 'utf-8'; }
    decode(bytes = new Uint8Array()) {
      const view = bytes instanceof ArrayBuffer ? new Uint8Array(bytes) : new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      return call('utf8', Array.from(view));
    }
  }
  define('TextEncoder', TextEncoder);
  define('TextDecoder', TextDecoder);
  define('btoa', (text) => {
    const units = Array.from({ length: String(text).length }, (_, at) => String(text).charCodeAt(at));
    if (units.some((unit) => unit > 255)) throw new RangeError('btoa takes bytes, one per character');
    return call('btoa', units);
  });
  define('atob', (text) => String.fromCharCode(...call('atob', String(text))));

  class URLSearchParams {
    #pairs = [];
    #changed;
    constructor(init = '', changed = () => {}) {
      this.#changed = changed;
      if (typeof init === 'string') this.#pairs = call('query', init);
      else if (typeof init[Symbol.iterator] === 'function') this.#pairs = [...init].map(([key, value]) => [String(key), String(value)]);
      else this.#pairs = Object.entries(init).map(([key, value]) => [key, String(value)]);
    }
    #set(pairs) { this.#pairs = pairs; this.#changed(this.toString()); }
    get size() { return this.#pairs.length; }
    get(name) { return this.#pairs.find(([key]) => key === name)?.[1] ?? null; }
    getAll(name) { return this.#pairs.filter(([key]) => key === name).map(([, value]) => value); }
    has(name) { return this.#pairs.some(([key]) => key === name); }
    append(name, value) { this.#set([...this.#pairs, [String(name), String(value)]]); }
    delete(name) { this.#set(this.#pairs.filter(([key]) => key !== name)); }
    set(name, value) { this.#set([...this.#pairs.filter(([key]) => key !== name), [String(name), String(value)]]); }
    forEach(act) { for (const [key, value] of this.#pairs) act(value, key, this); }
    keys() { return this.#pairs.map(([key]) => key)[Symbol.iterator](); }
    values() { return this.#pairs.map(([, value]) => value)[Symbol.iterator](); }
    entries() { return this.#pairs.map((pair) => [...pair])[Symbol.iterator](); }
    [Symbol.iterator]() { return this.entries(); }
    toString() { return call('form', this.#pairs); }
  }
  define('URLSearchParams', URLSearchParams);
  class URL {
    #parts;
    #params;
    constructor(text, base) {
      this.#parts = call('url', String(text), base === undefined ? null : String(base));
      if (this.#parts === null) throw new TypeError('Invalid URL');
    }
    #set(field, value) { this.#parts = call('urlSet', this.#parts.href, field, String(value)) ?? this.#parts; }
    get searchParams() { return (this.#params ??= new URLSearchParams(this.#parts.search, (text) => this.#set('search', text))); }
    toString() { return this.href; }
    toJSON() { return this.href; }
    static canParse(text, base) { return call('url', String(text), base === undefined ? null : String(base)) !== null; }
    static {
      for (const field of ['href', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search', 'hash', 'origin'])
        Object.defineProperty(URL.prototype, field, { get() { return this.#parts[field]; }, set(value) { this.#set(field, value); }, enumerable: true });
    }
  }
  define('URL', URL);

  const clone = (value, known = new Map()) => {
    if (typeof value === 'function' || typeof value === 'symbol') throw new TypeError('that cannot be cloned');
    if (typeof value !== 'object' || value === null) return value;
    if (known.has(value)) return known.get(value);
    const keep = (made) => { known.set(value, made); return made; };
    if (value instanceof RealDate) return keep(new RealDate(value.getTime()));
    if (value instanceof RegExp) return keep(new RegExp(value.source, value.flags));
    if (value instanceof ArrayBuffer) return keep(value.slice(0));
    if (ArrayBuffer.isView(value)) return keep(value.slice ? value.slice() : new DataView(value.buffer.slice(0)));
    if (value instanceof Map) { const made = keep(new Map()); for (const [key, one] of value) made.set(clone(key, known), clone(one, known)); return made; }
    if (value instanceof Set) { const made = keep(new Set()); for (const one of value) made.add(clone(one, known)); return made; }
    if (value instanceof Error) { const made = keep(new Error(value.message)); made.name = value.name; return made; }
    const made = keep(Array.isArray(value) ? [] : {});
    for (const key of Object.keys(value)) made[key] = clone(value[key], known);
    return made;
  };
  define('structuredClone', (value) => clone(value));

  const ctx = {
    log: levels,
    now: () => new DateHere(),
    random,
    uuid: () => call('uuid'),
    crypto: {
      hash: (text, algorithm = 'sha256', encoding = 'hex') => call('hash', String(text), algorithm, encoding),
      hmac: (text, key, algorithm = 'sha256', encoding = 'hex') => call('hmac', String(text), String(key), algorithm, encoding),
    },
  };
  // The answer is text from here on.
  return async (script, inputs) => {
    if (typeof script !== 'function') throw new TypeError('the script needs "export default (inputs, ctx) => …"');
    return stringify(await script(parse(inputs), ctx)) ?? 'null';
  };
})
`;
