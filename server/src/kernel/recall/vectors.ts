/**
 * The direction of a vector in one signed byte for each dimension: a quarter of what floats take. Its length does not matter to the cosine,
 * so no factor is kept. A vector of zeros has no direction.
 */
export function directionOf(vector: readonly number[]): Buffer {
  const most = vector.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  return Buffer.from(Int8Array.from(vector, (value) => (most === 0 ? 0 : Math.round((value / most) * 127))).buffer);
}

/** How alike two directions are, 0 to 1: their cosine, and 0 where it is negative or they are of different models. */
export function likeness(a: Buffer, b: Buffer): number {
  if (a.length !== b.length) return 0;
  const [x, y] = [new Int8Array(a.buffer, a.byteOffset, a.length), new Int8Array(b.buffer, b.byteOffset, b.length)];
  let [dot, xx, yy] = [0, 0, 0];
  for (let at = 0; at < x.length; at++) {
    const [p, q] = [x[at]!, y[at]!];
    dot += p * q;
    xx += p * p;
    yy += q * q;
  }
  return xx === 0 || yy === 0 ? 0 : Math.min(1, Math.max(0, dot / Math.sqrt(xx * yy)));
}
