import { randomBytes } from 'node:crypto';

/** A value that is stored as a secret and must be found nowhere else. */
export interface Canary {
  /** What is stored: with signs that JSON, URLs and HTML write otherwise around a part that none of them touches. */
  value: string;
  /** Of its random part: as it is, in hexadecimal, and in base64 and base64url wherever in a text it begins. */
  forms: readonly string[];
}

/** base64 of any text that holds `core`: three ways, by the place at which it begins, without the signs that depend on its neighbours. */
function inBase64(core: string): string[] {
  return [0, 1, 2].map((before) => {
    const end = before + core.length;
    const encoded = Buffer.from(`${' '.repeat(before)}${core}`).toString('base64');
    return encoded.slice(Math.ceil((before * 8) / 6), Math.floor((end * 8) / 6));
  });
}

/** How a text may be written that is to be seen nowhere. */
export function formsOf(core: string): string[] {
  const base64 = inBase64(core);
  const hex = Buffer.from(core).toString('hex');
  const base64url = base64.map((form) => form.replaceAll('+', '-').replaceAll('/', '_'));
  return [...new Set([core, encodeURIComponent(core), hex, hex.toUpperCase(), ...base64, ...base64url])];
}

function createCanary(): Canary {
  const core = randomBytes(12).toString('hex');
  return { value: `canary <${core}> & "ünd" /+=`, forms: formsOf(core) };
}

/** Answers in which a canary was seen, with the surroundings: every one of them is a fault. */
export class Watch {
  readonly canaries: Canary[] = [];
  readonly sightings: string[] = [];
  readonly #seen = new Set<string>();

  add(): Canary {
    const canary = createCanary();
    this.canaries.push(canary);
    return canary;
  }

  get forms(): string[] {
    return this.canaries.flatMap(({ forms }) => forms);
  }

  /** Looks through something that left the product, or that it keeps. Answers whether it is clean. */
  look(where: string, what: string | Uint8Array): boolean {
    const bytes = typeof what === 'string' ? Buffer.from(what) : Buffer.from(what.buffer, what.byteOffset, what.byteLength);
    for (const form of this.forms) {
      const at = bytes.indexOf(form);
      if (at === -1) continue;
      if (!this.#seen.has(where))
        this.sightings.push(`${where}: …${bytes.subarray(Math.max(0, at - 60), at + form.length + 40).toString('latin1')}…`);
      this.#seen.add(where);
      return false;
    }
    return true;
  }
}

/** The one of this process: what API helper and mailbox hand on is looked through as it comes. */
export const watch = new Watch();
