/** One kind of refusal or failure. `meaning` and `remedy` make its page in docs/problems/. */
export interface ProblemKind {
  status: number;
  title: string;
  meaning: string;
  remedy: string;
}

const catalogue = new Map<string, ProblemKind>();

/** Adds to the one catalogue (slugs are kebab-case and unique in the product). Call it once, at module level, in a `problems.ts`. */
export function defineProblems(kinds: Record<string, ProblemKind>): void {
  for (const [slug, kind] of Object.entries(kinds)) {
    if (!/^[a-z]+(-[a-z]+)*$/.test(slug)) throw new Error(`problem slug "${slug}" is not kebab-case`);
    if (catalogue.has(slug)) throw new Error(`problem "${slug}" is defined twice`);
    catalogue.set(slug, kind);
  }
}

export const problemCatalogue = (): ReadonlyMap<string, ProblemKind> => catalogue;

export const PROBLEM_BASE = 'https://switchyard.dev/problems/';

/** A field that is wrong: JSON pointer into the input and what is wrong with it. */
export interface FieldError {
  pointer: string;
  message: string;
  code?: string;
}

export interface ProblemExtras {
  errors?: readonly FieldError[];
  retryAfterSeconds?: number;
  [member: string]: unknown;
}

/**
 * RFC 9457 problem. `detail` says what happened, why, and what to do next, in words that are safe for the caller:
 * never another tenant's names, a secret, or a stack.
 */
export class Problem extends Error {
  readonly slug: string;
  readonly kind: ProblemKind;
  readonly extras: ProblemExtras;

  constructor(slug: string, detail: string, extras: ProblemExtras = {}, options?: ErrorOptions) {
    super(detail, options);
    const kind = catalogue.get(slug);
    if (!kind) throw new Error(`problem "${slug}" is not in the catalogue (detail was: ${detail})`);
    this.name = 'Problem';
    this.slug = slug;
    this.kind = kind;
    this.extras = extras;
  }

  /** The wire form. `instance` is the request id. */
  toJSON(instance?: string): Record<string, unknown> {
    return {
      type: PROBLEM_BASE + this.slug,
      title: this.kind.title,
      status: this.kind.status,
      detail: this.message,
      ...(instance ? { instance } : {}),
      ...this.extras,
    };
  }
}

/** Whatever was thrown, as a Problem: the unexpected becomes `internal` and keeps its cause for the log. */
export const asProblem = (error: unknown): Problem =>
  error instanceof Problem
    ? error
    : new Problem(
        'internal',
        'Something went wrong on our side; nothing was changed. Try again, and give the request id to support if it stays.',
        {},
        { cause: error },
      );
