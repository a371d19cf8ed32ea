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
  /** Of a processor, as a net below the counted limits; looked at every few thousand steps. Without it only what is counted bounds. */
  milliseconds?: number;
}
export const LIMITS: Limits = { bytes: 4_096, nodes: 500, depth: 32, comprehensionDepth: 2, iterations: 10_000, work: 200_000, text: 65_536 };

/** An expression cost more than it may. Counted, not timed, so that the same call meets it every time. */
export class LimitExceeded extends Error {
  override readonly name = 'LimitExceeded';
}

/** Steps between two looks at the clock: fewer than a thousandth of a second takes. */
const LOOK_EVERY = 1_000;
const cpuMs = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
};

/** Counts what one decision costs. */
export class Meter {
  iterations = 0;
  work = 0;
  /** Kept, because CEL's logical operators and quantifiers swallow errors of one side. */
  exceeded: LimitExceeded | undefined;
  readonly limits: Limits;
  #lookAt = LOOK_EVERY;
  #startedMs: number | undefined;
  constructor(limits: Limits) {
    this.limits = limits;
    if (limits.milliseconds === undefined) this.#lookAt = Infinity;
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
    if (this.exceeded) throw this.exceeded;
    if ((this.work += steps) > this.limits.work) this.#stop(`more than ${this.limits.work} steps`);
    if (this.work >= this.#lookAt) this.#look();
  }

  /** Time of the processor, not of the clock: a thread that was not let run is not to blame. */
  #look(): void {
    this.#lookAt = this.work + LOOK_EVERY;
    const now = cpuMs();
    this.#startedMs ??= now;
    if (now - this.#startedMs > this.limits.milliseconds!) this.#stop(`more than ${this.limits.milliseconds} ms`);
  }

  text(value: string): void {
    this.characters(value.length);
  }

  /** Before a text of so many characters is made. */
  characters(length: number): void {
    if (length > this.limits.text) this.#stop(`a text of more than ${this.limits.text} characters`);
  }
}

let meter = new Meter(LIMITS);

/** The budget of what is being evaluated: evaluation is synchronous, so there is one at a time. */
export const budget = (): Meter => meter;

/** Runs work in which expressions are evaluated, with one budget for all of it; the meter tells what was spent. */
export function withMeter<T>(limits: Limits, work: (spent: Meter) => T): T {
  const outer = meter;
  meter = new Meter(limits);
  try {
    return work(meter);
  } finally {
    meter = outer;
  }
}
