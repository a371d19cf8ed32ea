// Checks an exported audit chain with nothing of the product: Node 20 or newer and this one file are enough.
//
//   node verify-audit.mjs FILE --keys KEYS.json [--anchors KEPT]
//
// FILE     an export in the format "evidence" (NDJSON)
// KEYS     what /.well-known/switchyard-audit-keys.json answered, fetched by another way than FILE
// KEPT     optional: anchors that were put aside earlier, one JSON object with "seq" and "hash" per line (or a list of them)
//
// Exit code 0: everything holds. 1: something does not; the first of it is named. 2: it could not be checked.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';

class Broken extends Error {}
/** @param {string | Buffer} data */
const sha256 = (data) => createHash('sha256').update(data).digest();

/** JSON with sorted names and no spaces. @param {unknown} value @returns {string} */
function canonical(value) {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const fields = /** @type {Record<string, unknown>} */ (value);
  return `{${Object.keys(fields)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonical(fields[name])}`)
    .join(',')}}`;
}

/** @typedef {{ seq: number, id: string, kind: string, content: string, entry: Record<string, unknown> | null }} Link */

/** SHA-256 over the link before, number, id, kind and hash of the entry. @param {Buffer} prev @param {Link} link */
function follow(prev, { seq, id, kind, content }) {
  const number = Buffer.alloc(8);
  number.writeBigUInt64BE(BigInt(seq));
  return sha256(Buffer.concat([prev, number, Buffer.from(id.replaceAll('-', ''), 'hex'), Buffer.from(kind, 'latin1'), Buffer.from(content, 'hex')]));
}

/** When a UUIDv7 was made. @param {string} id */
const timeOf = (id) => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);

/** @param {string} path */
function keysOf(path) {
  const { keys } = JSON.parse(readFileSync(path, 'utf8'));
  return new Map(keys.map((/** @type {any} */ jwk) => [jwk.kid, createPublicKey({ key: jwk, format: 'jwk' })]));
}

/** @param {string | undefined} path @returns {Map<number, string>} */
function keptAnchors(path) {
  if (path === undefined) return new Map();
  const text = readFileSync(path, 'utf8').trim();
  const list = text.startsWith('[') ? JSON.parse(text) : text.split('\n').map((line) => JSON.parse(line));
  return new Map(list.map((/** @type {any} */ { seq, hash }) => [seq, hash]));
}

/** @param {string} file @param {Map<string, import('node:crypto').KeyObject>} keys @param {Map<number, string>} kept */
// oxlint-disable-next-line max-lines-per-function -- the readers of lines share what is known so far
async function check(file, keys, kept) {
  /** @type {{ tenantId: string, fromSeq: number, prevHash: string | null } | undefined} */
  let header;
  let head = Buffer.alloc(0);
  let next = 1;
  /** @type {Record<string, number>} */
  const until = { r: 0, e: 0 };
  const found = { checked: 0, expired: 0, anchors: 0, signedTo: 0 };
  /** @type {string | undefined} */
  let lastSignature;

  /** @param {{ signed: string, keyId: string, signature: string }} line */
  const signed = ({ signed: text, keyId, signature }) => {
    const key = keys.get(keyId);
    if (!key) throw new Broken(`signed with key ${keyId}, which is not among the keys given`);
    if (!verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64url'))) throw new Broken(`a signature does not fit: ${text}`);
    const claim = JSON.parse(text);
    if (claim.tenantId !== header?.tenantId) throw new Broken(`signed for another tenant: ${text}`);
    return claim;
  };

  /** @type {Record<string, (line: any) => void>} */
  const read = {
    header(line) {
      if (line.version !== 1) throw new Broken(`version ${line.version} of the format is not known`);
      header = line;
      next = line.fromSeq;
      const genesis = sha256(`switchyard audit chain v1\n${line.tenantId}`);
      head = line.prevHash === null ? genesis : Buffer.from(line.prevHash, 'hex');
      if (next === 1 && !head.equals(genesis)) throw new Broken('the first link does not follow the beginning of this tenant’s chain');
    },
    purge(line) {
      const claim = signed(line);
      const kind = claim.kept === 'reads' ? 'r' : 'e';
      until[kind] = Math.max(until[kind] ?? 0, Date.parse(claim.until));
    },
    link(line) {
      if (line.seq !== next) throw new Broken(`links ${next} to ${line.seq - 1} are missing`);
      head = follow(head, line);
      next += 1;
      if (line.entry !== null) {
        if (
          line.entry.id !== line.id ||
          line.entry.tenantId !== header?.tenantId ||
          !sha256(canonical(line.entry)).equals(Buffer.from(line.content, 'hex'))
        )
          throw new Broken(`entry ${line.id}, link ${line.seq}, was altered`);
        found.checked += 1;
      } else if (timeOf(line.id) < (until[line.kind] ?? 0)) found.expired += 1;
      else throw new Broken(`entry ${line.id}, link ${line.seq}, is missing`);
      const before = kept.get(line.seq);
      if (before !== undefined && before !== head.toString('hex'))
        throw new Broken(`link ${line.seq} is not what the anchor kept aside says: the chain was rewritten`);
      if (before !== undefined) kept.delete(line.seq);
    },
    anchor(line) {
      const claim = signed(line);
      if (claim.seq !== next - 1 || claim.hash !== head.toString('hex'))
        throw new Broken(`the chain was rewritten: link ${next - 1} is not what its anchor of ${claim.at} was signed for`);
      if (lastSignature !== undefined && claim.previous !== sha256(lastSignature).toString('hex'))
        throw new Broken(`an anchor before link ${claim.seq} is missing`);
      lastSignature = line.signature;
      found.anchors += 1;
      found.signedTo = claim.seq;
    },
  };
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    const line = JSON.parse(text);
    const reader = read[line.type];
    if (!reader || (line.type === 'header') === (header !== undefined)) throw new Broken(`a line of type ${line.type} does not belong here`);
    reader(line);
  }
  if (!header) throw new Broken('the file has no header');
  const beyond = [...kept.keys()].filter((seq) => seq >= /** @type {any} */ (header).fromSeq).sort((a, b) => a - b)[0];
  if (beyond !== undefined)
    throw new Broken(`the chain ends with link ${next - 1}, but an anchor kept aside is for link ${beyond}: its end was cut off`);
  return { ...found, from: header.fromSeq, to: next - 1 };
}

const { values, positionals } = parseArgs({ allowPositionals: true, options: { keys: { type: 'string' }, anchors: { type: 'string' } } });
if (positionals.length !== 1 || values.keys === undefined) {
  process.stderr.write('usage: node verify-audit.mjs FILE --keys KEYS.json [--anchors KEPT]\n');
  process.exit(2);
}
try {
  const found = await check(/** @type {string} */ (positionals[0]), keysOf(values.keys), keptAnchors(values.anchors));
  process.stdout.write(
    `links ${found.from} to ${found.to} hold: ${found.checked} entries as sealed, ${found.expired} let go by retention, ${found.anchors} anchors\n`,
  );
  if (found.signedTo < found.to)
    process.stdout.write(
      `links ${Math.max(found.from, found.signedTo + 1)} to ${found.to} are linked, but no anchor in this file vouches for them yet\n`,
    );
  if (found.from > 1) process.stdout.write(`what was before link ${found.from} is not in this file\n`);
} catch (error) {
  const broken = error instanceof Broken;
  process.stderr.write(`${broken ? 'does not hold: ' : 'could not be checked: '}${/** @type {Error} */ (error).message}\n`);
  process.exit(broken ? 1 : 2);
}
