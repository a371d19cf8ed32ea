import type { Actor, Context, ReadContext } from './context.ts';
import type { Database } from './database.ts';
import { definePort } from './port.ts';

const PREFIX = 'secret://';

/** Does the text stand for a secret, as `secret://NAME`? The whole field does or it does not: nothing is replaced within a text. */
export const isReference = (text: string): boolean => text.startsWith(PREFIX);

/** The name in `secret://NAME`. */
export const referenceName = (reference: string): string => reference.slice(PREFIX.length);

/** `secret://NAME` as it stands in a field, and where the object that has the field lies. */
export interface Reference {
  /** Of the field in the input, such as `/credential/tsigSecret`. */
  pointer: string;
  /** The field as it is; texts that are no reference are passed over. */
  text: string;
  environment?: string | null;
  project?: string | null;
}

/** Who asks for values, and what for: all of it is in the access log of each secret. */
export interface SecretUse {
  tenantId: string;
  actor: Pick<Actor, 'kind' | 'id' | 'name' | 'ip'>;
  operation: string;
  /** In words, such as `connection "production"`; never with a value in it. */
  purpose: string;
  changeId?: string | null;
  /** Of the run of a workflow. */
  executionId?: string | null;
  environment?: string | null;
  project?: string | null;
  /** Values handed in with this run; they go before all that is stored. */
  runtime?: Readonly<Record<string, string>>;
}

/** Secrets by name, for modules whose objects have fields that may hold `secret://NAME`; module secrets answers. */
export interface SecretReferences {
  /**
   * May the caller name these secrets? Throws `secret-reference-missing` (422 with the pointers) or `secret-use-forbidden` (403). To be
   * asked before a value is resolved for a caller, such as in a plan that tries a credential out.
   */
  check: (ctx: ReadContext, found: readonly Reference[]) => Promise<void>;
  /** The same, and records in the transaction that saves `user` which secrets it names, replacing what was recorded of it. */
  link: (ctx: Context, user: { kind: string; id: string; name: string }, found: readonly Reference[]) => Promise<void>;
  /** `user` goes by another name; what it names stays. */
  rename: (db: Database, tenantId: string, user: { kind: string; id: string; name: string }) => Promise<void>;
  /** Forgets what `user` names: it is gone. */
  unlink: (db: Database, tenantId: string, user: { kind: string; id: string }) => Promise<void>;
  /**
   * The values of references in `texts`, each in its place; other texts come back as they are. Logged before it answers, and tainted in
   * this process. Throws `secret-reference-missing`, or `secret-undecryptable` when a stored value does not open.
   */
  resolve: (db: Database, use: SecretUse, texts: readonly string[]) => Promise<string[]>;
  /** Of the secrets that these names stand for, those that only so many may use at the same time. Nothing is read of their values. */
  limits: (
    db: Database,
    use: Pick<SecretUse, 'tenantId' | 'environment' | 'project'>,
    names: readonly string[],
  ) => Promise<{ id: string; most: number }[]>;
}
export const SecretReferences = definePort<SecretReferences>('secrets.references');
