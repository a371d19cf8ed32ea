export const FIELDS = ['perMinute', 'perHour', 'perDay'] as const;
export type Amounts = Record<(typeof FIELDS)[number], number | null>;
export interface Limit extends Amounts {
  /** `role:<key>`, `user:<id>`, `key:<id>` or `tenant`. */
  subject: string;
  kind: 'tenant' | 'role' | 'user' | 'key';
  /** Null where that depends on somebody's roles. */
  defaults: Amounts;
  own: boolean;
}
export interface Usage {
  name: string;
  limit: number;
  remaining: number;
  windowSeconds: number;
  resetAt: string;
}
