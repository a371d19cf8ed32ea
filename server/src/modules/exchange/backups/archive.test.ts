import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Problem } from '#kernel/problem.ts';
import { pack, sha256, unpack } from './archive.ts';
import type { StateFile } from './port.ts';

const NODE = '8056c2e21c';
const file = (path: string, content: string, mode = 0o600): StateFile => ({ path, mode, content: Buffer.from(content) });
const network = (suffix: string): StateFile => file(`controller.d/network/${NODE}${suffix}.json`, '{"private":true}');
const member = (suffix: string, node: string): StateFile => file(`controller.d/network/${NODE}${suffix}/member/${node}.json`, '{"authorized":true}');
const own: readonly StateFile[] = [
  file('identity.public', `${NODE}:0:abc`, 0o644),
  file('identity.secret', `${NODE}:0:abc:def`),
  file('authtoken.secret', 'a-token'),
];
const slugOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    return error instanceof Problem ? `${error.slug} ${error.message}` : String(error);
  }
  return 'nothing';
};

describe('what a backup is made of', () => {
  test('comes out of it as it went in, with its records counted', () => {
    const hex = (length: number) => fc.array(fc.constantFrom(...'0123456789abcdef'), { minLength: length, maxLength: length }).map((found) => found.join(''));
    fc.assert(
      fc.property(fc.uniqueArray(hex(6), { maxLength: 4 }), fc.uniqueArray(hex(10), { maxLength: 4 }), (suffixes, nodes) => {
        const files = [...own, ...suffixes.flatMap((suffix) => [network(suffix), ...nodes.map((node) => member(suffix, node))])];
        const packed = pack(files);
        const found = unpack(packed.archive, packed);
        expect(found.files.toSorted((one, other) => (one.path < other.path ? -1 : 1))).toEqual(files.toSorted((one, other) => (one.path < other.path ? -1 : 1)));
        expect(found.records).toEqual({ nodeId: NODE, networks: new Map(suffixes.map((suffix) => [NODE + suffix, new Set(nodes)])) });
      }),
      { numRuns: 25 },
    );
  }); // prettier-ignore

  test.each([
    ['without an identity', own.slice(0, 1), /identity\.secret is missing/],
    ['without its token', own.slice(0, 2), /authtoken\.secret is missing/],
    ['with a record that does not parse', [...own, file(`controller.d/network/${NODE}000001.json`, '{')], /does not parse/],
    ['with two identities', [own[0]!, file('identity.secret', 'ffffffffff:0:a:b'), own[2]!], /of another node/],
    ['with no identity in it', [file('identity.public', 'hello'), own[1]!, own[2]!], /is no identity/],
    ['with a file of somebody else', [...own, file('local.conf', '{}')], /no file of a controller/],
    ['with a way out', [...own, file('controller.d/../../etc/passwd', 'x')], /no file of a controller/],
  ])('is not taken %s', (_what, files, why) => {
    expect(slugOf(() => pack(files))).toMatch(/^backup-failed /);
    expect(slugOf(() => pack(files))).toMatch(why);
  });

  test('is refused when anything of it was altered', () => {
    const packed = pack([...own, network('000001')]);
    const { archive } = packed;
    const flipped = archive.slice(0, -6) + (archive.at(-6) === 'A' ? 'B' : 'A') + archive.slice(-5);
    expect(slugOf(() => unpack(flipped, packed))).toMatch(/^backup-corrupt /);
    expect(slugOf(() => unpack(flipped, { ...packed, sha256: sha256(flipped) }))).toMatch(/^backup-corrupt /);
    expect(slugOf(() => unpack('', { ...packed, sha256: sha256('') }))).toMatch(/^backup-corrupt /);
    expect(slugOf(() => unpack(archive, { ...packed, files: packed.files.slice(1) }))).toMatch(/^backup-corrupt /);
    const other = pack([...own, file(`controller.d/network/${NODE}000001.json`, '{"private":false}')]);
    expect(slugOf(() => unpack(other.archive, { ...packed, sha256: other.sha256 }))).toMatch(/^backup-corrupt /);
  });
});
