import { createCipheriv, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { cloneDatabase, testMasterKey } from '#test/clone.ts';
import { openDatabases, type Database, type Databases } from './database.ts';
import { newId } from './ids.ts';
import { masterKeyId, masterKeysOf } from './master-keys.ts';
import { createSealer, decrypt, encrypt, SealFault, type SealedPlace } from './seal.ts';
import { DATA_KEY, HELD_MS } from './seal-keys.ts';

const hex = (text: string): Buffer => Buffer.from(text, 'hex');

/** Test cases 13 to 16 (256-bit key, 96-bit nonce) of the submission of GCM to NIST, which SP 800-38D standardises. */
const KEY = 'feffe9928665731c6d6a8f9467308308'.repeat(2);
const NONCE = 'cafebabefacedbaddecaf888';
const PLAIN = 'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255';
const CIPHER = '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad';
const ZERO = '00'.repeat(32);
const VECTORS = [
  { name: '13', key: ZERO, nonce: '00'.repeat(12), plain: '', aad: '', cipher: '', tag: '530f8afbc74536b9a963b4f1c4cb738b' },
  {
    name: '14',
    key: ZERO,
    nonce: '00'.repeat(12),
    plain: '00'.repeat(16),
    aad: '',
    cipher: 'cea7403d4d606b6e074ec5d3baf39d18',
    tag: 'd0d1c8a799996bf0265b98b5d48ab919',
  },
  { name: '15', key: KEY, nonce: NONCE, plain: PLAIN, aad: '', cipher: CIPHER, tag: 'b094dac5d93471bdec1a502270e3cc6c' },
  {
    name: '16',
    key: KEY,
    nonce: NONCE,
    plain: PLAIN.slice(0, 120),
    aad: 'feedfacedeadbeeffeedfacedeadbeefabaddad2',
    cipher: CIPHER.slice(0, 120),
    tag: '76fc6ece0f4e1768cddf8853bb2d551b',
  },
];

describe('AES-256-GCM', () => {
  test.each(VECTORS)('opens test case $name of the standard', ({ key, nonce, plain, aad, cipher, tag }) => {
    const sealed = hex(nonce + tag + cipher).toString('base64url');
    expect(decrypt(hex(key), sealed, hex(aad)).toString('hex')).toBe(plain);
  });

  test('writes nonce, tag and ciphertext as the standard computes them', () => {
    const key = randomBytes(32);
    const bytes = Buffer.from(encrypt(key, hex(PLAIN), 'where'), 'base64url');
    const cipher = createCipheriv('aes-256-gcm', key, bytes.subarray(0, 12)).setAAD(Buffer.from('where'));
    const body = Buffer.concat([cipher.update(hex(PLAIN)), cipher.final()]);
    expect(bytes.subarray(12, 28)).toEqual(cipher.getAuthTag());
    expect(bytes.subarray(28)).toEqual(body);
  });

  test('takes a new nonce each time', () => {
    const key = randomBytes(32);
    const nonces = Array.from({ length: 1_000 }, () => encrypt(key, Buffer.from('same'), '').slice(0, 16));
    expect(new Set(nonces).size).toBe(1_000);
  });

  test('gives back whatever was put in, and nothing at all when one bit differs', () => {
    const key = randomBytes(32);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.string(), fc.nat(), (plain, aad, at) => {
        const sealed = encrypt(key, plain, aad);
        expect(new Uint8Array(decrypt(key, sealed, aad))).toEqual(plain);
        const bytes = Buffer.from(sealed, 'base64url');
        bytes[(at >> 3) % bytes.length]! ^= 1 << (at & 7);
        expect(() => decrypt(key, bytes.toString('base64url'), aad)).toThrow();
        expect(() => decrypt(key, sealed, `${aad}.`)).toThrow();
      }),
    );
  });

  test('refuses a value that was cut off, also where a shorter tag would be easier to guess', () => {
    const sealed = Buffer.from(encrypt(randomBytes(32), Buffer.alloc(0), ''), 'base64url');
    for (let length = 0; length < sealed.length; length++) {
      expect(() => decrypt(randomBytes(32), sealed.subarray(0, length).toString('base64url'), '')).toThrow();
    }
    const key = randomBytes(32);
    const short = Buffer.from(encrypt(key, Buffer.alloc(0), ''), 'base64url').subarray(0, 16);
    expect(() => decrypt(key, short.toString('base64url'), '')).toThrow(/tag/);
  });
});

describe('the envelope', () => {
  const tenantId = newId();
  const place: SealedPlace = { tenantId, table: 'connections', row: newId(), field: 'token' };
  const masterKey = randomBytes(32);
  const sealer = createSealer(masterKey);
  let databases: Databases;
  beforeAll(async () => void (databases = openDatabases({ url: await cloneDatabase(), masterKey: testMasterKey() })));
  afterAll(() => databases.close());
  const within = <T>(work: (db: Database) => Promise<T>, id = tenantId): Promise<T> => databases.tenant({ tenantId: id }, work);

  test('opens where it was sealed, in another transaction and another process', async () => {
    const sealed = await within((db) => sealer.seal(db, place, 'hunter2 · ключ'));
    expect(sealed).not.toContain('hunter2');
    expect(await within((db) => createSealer(masterKey).open(db, place, sealed))).toBe('hunter2 · ключ');
  });

  test('one data key serves a tenant, and it is stored wrapped', async () => {
    await within((db) => sealer.seal(db, place, 'a'));
    await within((db) => sealer.seal(db, place, 'b'));
    const { rows } = await within((db) => db.execute<{ wrapped: string }>('select wrapped from data_keys'));
    expect(rows).toHaveLength(1);
    expect(Buffer.from(rows[0]!.wrapped, 'base64url')).toHaveLength(12 + 16 + 32);
  });

  test('does not open in another row, field or table', async () => {
    const sealed = await within((db) => sealer.seal(db, place, 'secret'));
    for (const moved of [{ row: newId() }, { field: 'password' }, { table: 'changes' }]) {
      await expect(within((db) => sealer.open(db, { ...place, ...moved }, sealed))).rejects.toThrow(/unable to authenticate/i);
    }
  });

  test('does not open in another tenant, even with the data key copied there', async () => {
    const sealed = await within((db) => sealer.seal(db, place, 'secret'));
    const other = newId();
    await expect(within((db) => sealer.open(db, { ...place, tenantId: other }, sealed), other)).rejects.toThrow('the data key of this value is gone');
    const { rows } = await within((db) => db.execute<{ id: string; wrapped: string }>('select id, wrapped from data_keys'));
    const copy = `insert into data_keys (tenant_id, id, wrapped) values ('${other}', '${rows[0]!.id}', '${rows[0]!.wrapped}')`;
    await within((db) => db.execute(copy), other);
    await expect(within((db) => sealer.open(db, { ...place, tenantId: other }, sealed), other)).rejects.toThrow(/unable to authenticate/i);
  });

  test('does not open with another master key', async () => {
    const sealed = await within((db) => sealer.seal(db, place, 'secret'));
    await expect(within((db) => createSealer(randomBytes(32)).open(db, place, sealed))).rejects.toThrow(/a master key that is not at hand/);
  });

  test('is gone for good with its data key', async () => {
    const erased = { ...place, tenantId: newId() };
    const sealed = await within((db) => sealer.seal(db, erased, 'secret'), erased.tenantId);
    await within((db) => db.execute('delete from data_keys'), erased.tenantId);
    await expect(within((db) => sealer.open(db, erased, sealed), erased.tenantId)).rejects.toThrow('the data key of this value is gone');
  });

  test.each(['', 'plain text', 'v1.', 'v1..', 'v2.id.body'])('says of %j that it was never sealed', async (text) => {
    await expect(within((db) => sealer.open(db, place, text))).rejects.toThrow('not a sealed value');
  });
});

describe('data keys in versions', () => {
  const DAY = 86_400_000;
  let databases: Databases;
  beforeAll(async () => void (databases = openDatabases({ url: await cloneDatabase(), masterKey: testMasterKey() })));
  afterAll(() => databases.close());

  /** A tenant of its own, with a clock. */
  function tenantOf(options: { masterKey?: Uint8Array; onFault?: (fault: SealFault) => void } = {}) {
    const tenantId = newId();
    const clock = { at: new Date() };
    const place: SealedPlace = { tenantId, table: 'changes', row: newId(), field: 'x' };
    const open = () =>
      createSealer(options.masterKey ?? testMasterKey(), { now: () => clock.at, ...(options.onFault ? { onFault: options.onFault } : {}) });
    const within = <T>(work: (db: Database) => Promise<T>): Promise<T> => databases.tenant({ tenantId }, work);
    const keys = async () => (await within((db) => db.execute<{ id: string; sealed: string; wrapped_by: string | null }>('select id, sealed, wrapped_by from data_keys order by id'))).rows; // prettier-ignore
    return { tenantId, clock, place, within, keys, open, sealer: open() };
  }
  const keyOf = (sealed: string): string => sealed.split('.')[1]!;
  /** Whoever asks it anything fails. */
  const NO_QUERY = new Proxy({}, { get: (_target, name) => { throw new Error(`asked the database (${String(name)})`); } }) as Database; // prettier-ignore

  test('what was opened or sealed before is opened and sealed without a query; five minutes later the key is gone from memory', async () => {
    const { sealer, within, place, clock } = tenantOf();
    const sealed = await within((db) => sealer.seal(db, place, 'warm'));
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      await within(async (db) => expect(await sealer.open(db, place, await sealer.seal(db, place, 'warm'))).toBe('warm'));
      expect(await sealer.open(NO_QUERY, place, sealed)).toBe('warm');
      expect(await sealer.open(NO_QUERY, place, await sealer.seal(NO_QUERY, place, 'again'))).toBe('again');
      vi.advanceTimersByTime(HELD_MS);
      await expect(sealer.open(NO_QUERY, place, sealed)).rejects.toThrow('asked the database');
    } finally {
      vi.useRealTimers();
    }
    // Also which key is the newest is looked up again.
    await within((db) => sealer.open(db, place, sealed));
    clock.at = new Date(clock.at.getTime() + HELD_MS);
    await expect(sealer.seal(NO_QUERY, place, 'x')).rejects.toThrow('asked the database');
  });

  test('after 90 days a new key is made, and what the old one sealed still opens', async () => {
    const { sealer, within, place, clock, keys } = tenantOf();
    const first = await within((db) => sealer.seal(db, place, 'first'));
    clock.at = new Date(clock.at.getTime() + 90 * DAY - 60_000);
    expect(keyOf(await within((db) => sealer.seal(db, place, 'x')))).toBe(keyOf(first));
    clock.at = new Date(clock.at.getTime() + 120_000);
    const second = await within((db) => sealer.seal(db, place, 'second'));
    expect(keyOf(second) > keyOf(first)).toBe(true);
    expect(await keys()).toHaveLength(2);
    await within(async (db) => expect([await sealer.open(db, place, first), await sealer.open(db, place, second)]).toEqual(['first', 'second']));
  });

  test('a key that has sealed 2^30 values is followed by another; every process takes room for some thousand', async () => {
    const { sealer, within, place, keys, open } = tenantOf();
    const first = await within((db) => sealer.seal(db, place, 'a'));
    const other = open();
    await within((db) => other.seal(db, place, 'b'));
    await within((db) => other.seal(db, place, 'c'));
    await within((db) => sealer.seal(db, place, 'd'));
    const [{ sealed } = { sealed: '' }] = await keys();
    expect(Number(sealed)).toBeGreaterThanOrEqual(4);
    expect(Number(sealed)).toBeLessThan(20_000);
    await within((db) => db.execute(`update data_keys set sealed = ${DATA_KEY.seals}`));
    const later = await within((db) => open().seal(db, place, 'e'));
    expect(keyOf(later) > keyOf(first)).toBe(true);
  });

  test('thousands of values sealed at once by several transactions are counted, and none waits for another', async () => {
    const { sealer, within, place, keys } = tenantOf();
    await within((db) => sealer.seal(db, place, 'a'));
    const many = () => within(async (db) => { for (let n = 0; n < 3_000; n++) await sealer.seal(db, place, 'x'); }); // prettier-ignore
    await Promise.all([many(), many(), many()]);
    const [{ sealed } = { sealed: '' }] = await keys();
    expect(Number(sealed)).toBeGreaterThanOrEqual(9_001);
  });

  test('a new key whose transaction fails is used by nobody else', async () => {
    const { sealer, within, place, clock, keys } = tenantOf();
    await within((db) => sealer.seal(db, place, 'a'));
    clock.at = new Date(clock.at.getTime() + 91 * DAY);
    const failing = within(async (db) => {
      await sealer.seal(db, place, 'lost');
      await sealer.seal(db, place, 'lost as well');
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await keys()).toHaveLength(1);
    const kept = await within((db) => sealer.seal(db, place, 'kept'));
    expect(await within((db) => createSealer(testMasterKey()).open(db, place, kept))).toBe('kept');
    expect((await keys()).map(({ id }) => id)).toContain(keyOf(kept));
  });

  test('a data key names the master key that wraps it, and opens with a previous one', async () => {
    const [before, after] = [randomBytes(32), randomBytes(32)];
    const { sealer, within, place, keys } = tenantOf({ masterKey: before });
    const sealed = await within((db) => sealer.seal(db, place, 'secret'));
    expect((await keys())[0]!.wrapped_by).toBe(masterKeyId(before));
    expect(await within((db) => createSealer(masterKeysOf(after, [before])).open(db, place, sealed))).toBe('secret');
    const fault: unknown = await within((db) => createSealer(after).open(db, place, sealed)).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(SealFault);
    expect(fault).toMatchObject({ reason: 'master-key-gone', place });
  });

  test('platform 100: Given a ciphertext row copied to another tenant, id or name, when opened, then failure, alert and no plaintext', async () => {
    const told: SealFault[] = [];
    const { sealer, within, place } = tenantOf({ onFault: (fault) => void told.push(fault) });
    const sealed = await within((db) => sealer.seal(db, place, 'the plaintext'));
    const elsewhere: readonly [SealedPlace, string][] = [
      [{ ...place, row: newId() }, 'altered'],
      [{ ...place, field: 'value:secret:1:OTHER_NAME' }, 'altered'],
      [{ ...place, tenantId: newId() }, 'key-gone'],
    ];
    for (const [where, reason] of elsewhere) {
      const error: unknown = await databases.tenant({ tenantId: where.tenantId }, (db) => sealer.open(db, where, sealed)).catch((thrown: unknown) => thrown); // prettier-ignore
      expect(error).toMatchObject({ name: 'SealFault', reason, place: where });
      expect(JSON.stringify(error) + String(error) + String((error as Error).stack)).not.toContain('the plaintext');
    }
    expect(told.map(({ reason }) => reason)).toEqual(['altered', 'altered', 'key-gone']);
  });

  test('nothing is sealed for a table that no module declares: it would be lost with its key', async () => {
    const { within, place } = tenantOf();
    const strict = createSealer(testMasterKey(), { tables: new Set(['secrets']) });
    await expect(within((db) => strict.seal(db, place, 'x'))).rejects.toThrow('no module declares that it keeps sealed values in changes');
  });
});
