import type { Database } from '#kernel/database.ts';
import { definePort } from '#kernel/port.ts';
import type { Concluded } from '../sessions/types.ts';

/** Where a call came from. */
export interface From {
  ip: string | null;
  agent: string | null;
}

export interface SignUp {
  email: string;
  password: string;
  name: string;
  locale?: string | undefined;
  invitationToken?: string | undefined;
  tenantName?: string | undefined;
}
/** `browser` goes into a cookie: only where somebody signed up does verification sign in. */
export type SignedUp = { status: 'check_email'; browser: string } | { status: 'verified'; email: string };

export type Proof = { token: string } | { email: string; code: string };
export type Verified = { status: 'verified'; email: string } | ({ email: string } & Concluded);

/** Accounts from sign-up to a working password. Each call has its own transactions, beside that of the Gate. */
export interface Registration {
  /** Throws `not-found` where sign-up is closed, `rate-limited`, what weak passwords are refused with, `invitation-invalid` or `invitation-address-mismatch`. */
  signUp: (wanted: SignUp, from: From) => Promise<SignedUp>;
  /** `browser`: of the cookie. Throws `link-invalid` or `rate-limited`. */
  verify: (proof: Proof, browser: string | undefined, from: From) => Promise<Verified>;
  /** Says nothing about whether there is such an account. Throws `rate-limited`. */
  resend: (email: string, from: From) => Promise<void>;
  /** Says nothing about whether there is such an account. Throws `rate-limited` by network. */
  forgot: (email: string, from: From) => Promise<void>;
  /** Throws `link-invalid`, `rate-limited`, and what weak or former passwords are refused with. */
  reset: (token: string, password: string, from: From) => Promise<void>;
  /** Ends the lock of an address. Throws `link-invalid`. */
  unlock: (token: string, from: From) => Promise<void>;
  /** Ends every session, trusted device and key, voids the password, takes away what was added since and mails a reset link. Throws `link-invalid`. */
  notMe: (token: string, from: From) => Promise<void>;
}
export const Registration = definePort<Registration>('identity.registration');

interface PersonRef {
  id: string;
  email: string;
  name: string;
}

/** What identity asks of tenants; module tenancy answers. All of it runs as the platform. */
export interface Tenancies {
  /** A tenant of that name, with a slug made from it and the person as its owner. */
  found: (db: Database, name: string, owner: PersonRef, at: Date) => Promise<void>;
}

/** Invitations by their token; module tenancy answers, in transactions of its own. */
export interface Invitations {
  /** Undefined for every token that is not good now. */
  peek: (token: string) => Promise<{ email: string; anyAddress: boolean } | undefined>;
  /** Makes the person a member, with the roles of the invitation. Throws `invitation-invalid` or `already-member`. */
  acceptFor: (userId: string, token: string) => Promise<unknown>;
}

/** What a new password, or a thief, puts an end to. */
export interface Endings {
  /** Not in a transaction of ours: the store of sessions may be elsewhere. */
  sessions: (userId: string, reason: 'password' | 'account', except?: string) => Promise<unknown>;
  devices: (db: Database, userId: string, at: Date) => Promise<unknown>;
  /** After the commit: who is remembered by a credential is looked at anew, keys too. */
  remembered: () => void;
}
