import type { Json } from '../graph.ts';
import type { DrawnNode } from '../model/drawing.ts';
import { asKey, freeKey } from '../model/keys.ts';

/** What became of one node of a foreign file. */
export interface ReportLine {
  node: string;
  /** As the other program calls it. */
  kind: string;
  key: string;
  outcome: 'converted' | 'approximated' | 'notConverted';
  notes: string[];
}

export interface Converted {
  name: string;
  nodes: DrawnNode[];
  links: string[];
  report: ReportLine[];
}

/** What one foreign node becomes. */
export interface Piece {
  type: string;
  config: Record<string, Json>;
  /** Our port for output number n of theirs. */
  out?: (index: number) => string;
  /** Our port for input number n of theirs. */
  into?: (index: number) => string;
  notes?: string[];
}

/** Reads the parameters of one node; what it cannot read is remembered for the report. */
export interface Reader {
  text: (value: unknown) => string;
  /** Text with `{{ }}` in it, for our own templates. */
  template: (value: unknown) => string;
  /** A bare expression. */
  expression: (value: unknown) => string;
  lost: string[];
}

export const record = (value: unknown): Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
export const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : value === undefined || value === null ? '' : JSON.stringify(value)); // prettier-ignore

/** CEL of a plain value: numbers, true, false and null as they are, everything else in quotes. */
export const literal = (value: unknown): string => (typeof value === 'string' ? JSON.stringify(value) : JSON.stringify(value ?? null));

/** A name of ours for each of theirs, in their order, told apart where two would be alike. */
export function keysFor(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const key = freeKey(asKey(name), taken);
    taken.add(key);
    return key;
  });
}

/** What has no counterpart stays on the canvas as a note that carries what it was. */
export const asNote = (kind: string, original: unknown): Piece => ({
  type: 'note',
  config: { text: `Not converted: ${kind}\n\n\`\`\`json\n${JSON.stringify(original, null, 2).slice(0, 9_000)}\n\`\`\`` },
});

/** A line of the report. */
export const lineOf = (node: string, kind: string, key: string, piece: Piece, lost: readonly string[]): ReportLine => ({
  node,
  kind,
  key,
  outcome: piece.type === 'note' ? 'notConverted' : lost.length > 0 || (piece.notes ?? []).length > 0 ? 'approximated' : 'converted',
  notes: [...(piece.notes ?? []), ...lost.map((text) => `Not translated: ${text.slice(0, 200)}`)],
});
