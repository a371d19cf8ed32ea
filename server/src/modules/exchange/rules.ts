/** The random part of an id (UUIDv7: its end), as much of it as nobody else on the fabric has. */
export function tagOf(id: string, there: ReadonlySet<string>): string {
  const random = id.replaceAll('-', '').slice(-16);
  for (let length = 6; length <= random.length; length += 1) {
    const tag = random.slice(-length);
    if (!there.has(tag)) return tag;
  }
  throw new Error('two connections have one id');
}
