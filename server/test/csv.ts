/** RFC 4180 to the letter: CRLF, quotes doubled, nothing after a closing quote, every row as long as the first. */
export function strictCsv(content: string): string[][] {
  const rows: string[][] = [];
  let [row, at] = [[] as string[], 0];
  while (at < content.length) {
    const cell = /"((?:[^"]|"")*)"|([^",\r\n]*)/y;
    cell.lastIndex = at;
    const match = cell.exec(content)!;
    row.push(match[1] === undefined ? match[2]! : match[1].replaceAll('""', '"'));
    at = cell.lastIndex;
    if (content[at] === ',') at += 1;
    else if (content.startsWith('\r\n', at)) {
      rows.push(row);
      [row, at] = [[], at + 2];
    } else throw new Error(`not RFC 4180 at ${at}: ${JSON.stringify(content.slice(at - 20, at + 20))}`);
  }
  if (row.length > 0) throw new Error('the last row has no end');
  if (new Set(rows.map(({ length }) => length)).size !== 1) throw new Error('rows differ in length');
  return rows;
}
