/** One line of the table that `npm run bench` prints. */
export interface Figure {
  name: string;
  value: number;
  unit: string;
  /** Design, section 9. Absent: the figure is there to explain another. */
  budget?: number;
  ok?: boolean;
}

/** Three figures are enough to compare with, and more would pretend to be exact. */
const rounded = (value: number): number => Number(value.toPrecision(3));

const print = (figure: Figure): void => void process.stdout.write(`${JSON.stringify(figure)}\n`);

export const note = (name: string, value: number, unit: string): void => print({ name, value: rounded(value), unit });
export const atMost = (name: string, value: number, unit: string, budget: number): void =>
  print({ name, value: rounded(value), unit, budget, ok: value <= budget });
export const atLeast = (name: string, value: number, unit: string, budget: number): void =>
  print({ name, value: rounded(value), unit, budget, ok: value >= budget });

/** Nearest-rank quantile, 0 to 1. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(q * sorted.length) - 1))] ?? Number.NaN;
}
export const median = (values: readonly number[]): number => quantile(values, 0.5);
