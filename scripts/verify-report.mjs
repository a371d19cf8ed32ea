import { createHash, createPublicKey, verify } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

// Stands alone: what it proves must not depend on the server that made the report, nor on anything that is installed.
const { values, positionals } = parseArgs({ allowPositionals: true, options: { keys: { type: 'string' } } });
const [file, manifestFile] = positionals;
if (!file || !manifestFile || !values.keys) {
  process.stderr.write('node verify-report.mjs <report> <manifest.json> --keys <switchyard-audit-keys.json>\n');
  process.exit(2);
}
/** @param {string} why @returns {never} */
const fail = (why) => {
  process.stdout.write(`${why}\n`);
  process.exit(1);
};

/** JSON with sorted keys, as it was signed. @param {any} value @returns {string} */
const canonical = (value) => {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  return `{${Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}`; // prettier-ignore
};

const read = JSON.parse(readFileSync(manifestFile, 'utf8'));
const { keyId, signature, ...facts } = read.manifest ?? read;
const key = JSON.parse(readFileSync(values.keys, 'utf8')).keys.find((/** @type {{ kid: string }} */ { kid }) => kid === keyId);
if (!key) fail(`no key is called ${keyId}`);
const signed = Buffer.from(canonical({ type: 'switchyard-report', version: 1, ...facts }));
if (!verify(null, signed, createPublicKey({ key, format: 'jwk' }), Buffer.from(signature, 'base64url')))
  fail('the signature does not fit the manifest');
const hash = createHash('sha256');
for await (const chunk of createReadStream(file)) hash.update(chunk);
if (hash.digest('hex') !== facts.sha256) fail('the file is not the one that the manifest is about');
process.stdout.write(`${facts.kind} from ${facts.from} to ${facts.to}, as known at ${facts.cutoff}: ${facts.rows} rows, as signed\n`);
