/** What an expression may be and may cost. */
export interface Limits {
  /** UTF-8 bytes of the source. */
  bytes: number;
  nodes: number;
  depth: number;
  /** Comprehensions (`exists`, `all`, `map` …) inside each other. */
  comprehensionDepth: number;
  /** Rounds of all comprehensions of one decision. */
  iterations: number;
  /** Steps of one decision: one per operator or call, and one per element or 64 characters that it looks at. */
  work: number;
  /** Characters of any text that is read or made. */
  text: number;
}
export const LIMITS: Limits = { bytes: 4_096, nodes: 500, depth: 32, comprehensionDepth: 2, iterations: 10_000, work: 200_000, text: 65_536 };

/** An expression cost more than it may. Counted, not timed, so that the same call meets it every time. */
export class LimitExceeded extends Error {
  override readonly name = 'LimitExceeded';
}

/** Counts what one decision costs. */
export class Meter {
  iterations = 0;
  work = 0;
  /** Kept, because CEL's logical operators and quantifiers swallow errors of one side. */
  exceeded: LimitExceeded | undefined;
  readonly limits: Limits;
  constructor(limits: Limits) {
    this.limits = limits;
  }

  /** Ready for the next rule. */
  reset(): void {
    this.iterations = this.work = 0;
    this.exceeded = undefined;
  }

  /** What of the budget is used, 1 at most. */
  share(): number {
    return Math.min(1, Math.max(this.work / this.limits.work, this.iterations / this.limits.iterations));
  }

  #stop(message: string): never {
    this.exceeded ??= new LimitExceeded(message);
    throw this.exceeded;
  }

  /** Before a comprehension over so many elements. */
  enter(elements: number): void {
    if (this.exceeded) throw this.exceeded;
    if (elements > this.limits.iterations) this.#stop(`more than ${this.limits.iterations} rounds of comprehensions`);
  }

  /** One round of a comprehension over an element. */
  round(): void {
    if (++this.iterations > this.limits.iterations) this.#stop(`more than ${this.limits.iterations} rounds of comprehensions`);
    this.spend(1);
  }

  spend(steps: number): void {
    if ((this.work += steps) > this.limits.work) this.#stop(`more than ${this.limits.work} steps`);
  }

  text(value: string): void {
    if (value.length > this.limits.text) this.#stop(`a text of more than ${this.limits.text} characters`);
  }
}
