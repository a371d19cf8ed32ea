/** Lines of two texts, each with ` `, `-` or `+` in front; what both have is told once. */
function lineDiff(before: string, after: string): string[] {
  const [a, b] = [before.split('\n'), after.split('\n')];
  // Length of the longest common rest from each pair of places on.
  const rest = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1) rest[i]![j] = a[i] === b[j] ? rest[i + 1]![j + 1]! + 1 : Math.max(rest[i + 1]![j]!, rest[i]![j + 1]!);
  const out: string[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      out.push(` ${a[i]}`);
      i += 1;
      j += 1;
    } else if (j >= b.length || (i < a.length && rest[i + 1]![j]! >= rest[i]![j + 1]!)) {
      out.push(`-${a[i]}`);
      i += 1;
    } else {
      out.push(`+${b[j]}`);
      j += 1;
    }
  }
  return out;
} // prettier-ignore

const AROUND = 3;

/** The same, with no more than three lines around what differs. */
export function shortDiff(before: string, after: string): string[] {
  const all = lineDiff(before, after);
  const near = (at: number): boolean => all.slice(Math.max(0, at - AROUND), at + AROUND + 1).some((line) => !line.startsWith(' '));
  return all.flatMap((line, at) => (near(at) ? [line] : near(at - 1) ? ['@@'] : []));
}
