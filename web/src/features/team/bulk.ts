/** One row of what was pasted. */
export interface BulkRow {
  /** Line it stands on, from 1. */
  line: number;
  email: string;
  name: string | null;
  /** Key or name of a role, when the row names one; otherwise the chosen one counts. */
  role: string | null;
  fault: BulkFault | null;
}
export type BulkFault = 'address' | 'twice' | 'role' | 'many';
/** As many as the server takes in one call. */
export const MOST_ROWS = 100;

const ADDRESS = /^[^\s@<>",;]+@[^\s@<>",;]+\.[^\s@<>",;.]+$/;
/** "Ana Alves" <ana@example.com> */
const NAMED = /^\s*"?([^"<>]*?)"?\s*<\s*([^<>\s]+)\s*>\s*$/;

/** Fields of a line as spreadsheets and address books copy them: by tab, semicolon or comma, some in quotes. */
function fieldsOf(line: string): string[] {
  const separator = line.includes('\t') ? '\t' : line.includes(';') ? ';' : ',';
  const fields: string[] = [];
  let text = '';
  let quoted = false;
  for (const sign of line) {
    if (sign === '"') quoted = !quoted;
    if (sign === separator && !quoted) {
      fields.push(text);
      text = '';
    } else text += sign;
  }
  return [...fields, text].map((field) => field.trim().replace(/^"(.*)"$/, '$1')).filter(Boolean);
}

/** What the fields of one line say: several addresses, or an address with a name and a role. */
function entriesOf(fields: readonly string[]): { email: string; name: string | null; role: string | null }[] {
  const read = fields.map((field) => {
    const named = NAMED.exec(field);
    return named ? { email: named[2]!, name: named[1] || null } : { email: field, name: null };
  });
  const addresses = read.filter(({ email }) => ADDRESS.test(email));
  if (addresses.length > 1) return read.map((one) => ({ ...one, role: null }));
  const [found] = addresses;
  if (!found) return [{ email: fields.join(', '), name: null, role: null }];
  const at = read.indexOf(found);
  // Before the address stands a name, after it a role: as in "Ana Alves, ana@example.com, developer".
  return [{ email: found.email, name: found.name ?? (fields.slice(0, at).join(' ') || null), role: fields[at + 1] ?? null }];
}

const isHeading = (fields: readonly string[]): boolean => fields.every((field) => /^(e-?mail|address|adresse|name|rolle|role)s?$/i.test(field));

/** Reads a pasted list of people, one a line or several on one. `roles` are the keys and names that may be named, in lower case. */
export function readRows(text: string, roles: ReadonlySet<string>): BulkRow[] {
  const seen = new Set<string>();
  const rows: BulkRow[] = [];
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    const fields = fieldsOf(line);
    if (fields.length === 0 || isHeading(fields)) continue;
    for (const entry of entriesOf(fields)) {
      const email = entry.email.toLowerCase();
      const fault: BulkFault | null = !ADDRESS.test(email)
        ? 'address'
        : seen.has(email)
          ? 'twice'
          : entry.role && !roles.has(entry.role.toLowerCase())
            ? 'role'
            : rows.length >= MOST_ROWS
              ? 'many'
              : null;
      seen.add(email);
      rows.push({ line: at + 1, ...entry, email, fault });
    }
  }
  return rows;
}
