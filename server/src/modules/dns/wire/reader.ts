import { Invalid } from '../invalid.ts';
import { nameOf, type Name } from '../names.ts';

/** Reads a DNS message (RFC 1035 4). Every step is checked against the end of the bytes, so a hostile message gives Invalid and nothing else. */
export class Reader {
  readonly bytes: Buffer;
  at: number;
  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.at = at;
  }
  #take(length: number): number {
    const from = this.at;
    if (from + length > this.bytes.length) throw new Invalid('the message ends too early');
    this.at += length;
    return from;
  }
  u8 = (): number => this.bytes.readUInt8(this.#take(1));
  u16 = (): number => this.bytes.readUInt16BE(this.#take(2));
  u32 = (): number => this.bytes.readUInt32BE(this.#take(4));
  take = (length: number): Buffer => this.bytes.subarray(this.#take(length), this.at);

  /** A name, compressed or not. A pointer must point before everything read so far, so there is no loop. */
  name(): Name {
    const labels: string[] = [];
    let back: number | undefined;
    let lowest = this.at;
    let length = 1;
    for (;;) {
      const size = this.u8();
      if (size >= 0xc0) {
        const target = ((size & 0x3f) << 8) | this.u8();
        back ??= this.at;
        if (target >= lowest) throw new Invalid('a compressed name does not point backwards');
        lowest = this.at = target;
      } else if (size > 63) {
        throw new Invalid('a label type that is not in use');
      } else if (size === 0) {
        this.at = back ?? this.at;
        return nameOf(labels);
      } else {
        length += size + 1;
        if (length > 255) throw new Invalid('a name is longer than 255 octets');
        labels.push(this.take(size).toString('latin1'));
      }
    }
  }
}

/** Pieces of a message; `undefined`-free and immutable, joined once at the end. */
export const u8 = (value: number): Buffer => Buffer.from([value]);
export const u16 = (value: number): Buffer => Buffer.from([value >>> 8, value & 0xff]);
export function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
