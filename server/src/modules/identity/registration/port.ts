import type { Database } from '#kernel/database.ts';
import { definePort } from '#kernel/port.ts';
import type { Concluded, FirstFactor } from '../sessions/types.ts';

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
/** `browser` goes into a cookie: only where somebody signed up does verification sign in, and keep the password. */
export type SignedUp = { status: 'check_email'; browser: string } | { status: 'verified'; email: string };

export type Proof = { token: string } | { email: string; code: string };
/** What the account goes on with, whoever signed up and whatever they chose. */
export interface Chosen {
  password: string;
  name?: string | undefined;
}
/** `proof` is the token to come back with, together with what was chosen. */
export interface PasswordRequired {
  status: 'password-required';
  proof: string;
  expiresAt: Date;
  email: string;
  name: string;
}
export type Verified = { status: 'verified'; email: string } | PasswordRequired | ({ email: string } & Concluded);

/** Accounts from sign-up to a working password. Each call has its own transactions, beside that of the Gate. */
export interface Registration {
  /** Throws `not-found` where sign-up is closed, `rate-limited`, what weak passwords are refused with, `invitation-invalid` or `invitation-address-mismatch`. */
  signUp: (wanted: SignUp, from: From) => Promise<SignedUp>;
  /** `browser`: of the cookie. Throws `link-invalid`, `rate-limited`, and what weak passwords are refused with. */
  verify: (proof: Proof, browser: string | undefined, from: From, chosen?: Chosen) => Promise<Verified>;
  /** Says nothing about whether there is such an account. Throws `rate-limited`. */
  resend: (email: string, from: From) => Promise<void>;
  /** Says nothing about whether there is such an account. Throws `rate-limited` by network. */
  forgot: (email: string, from: From) => Promise<void>;
  /** Throws `link-invalid`, `rate-limited`, and what weak or former passwords are refused with. */
  reset: (token: string, password: string, from: From) => Promise<void>;
  /** Ends the lock of an address. Throws `link-invalid`. */
  unlock: (token: string, from: From) => Promise<void>;
  /** Ends every session, trusted device, key and connected agent, voids the password, takes away what was added since and mails a reset link. Throws `link-invalid`. */
  notMe: (token: string, from: From) => Promise<void>;
}
export const Registration = definePort<Registration>('identity.registration');

export interface PersonRef {
  id: string;
  email: string;
  name: string;
}

/** What identity asks of tenants; module tenancy answers. All of it runs as the platform. */
export interface Tenancies {
  /** A tenant of that name, with a slug made from it and the person as its owner. */
  found: (db: Database, name: string, owner: PersonRef, at: Date) => Promise<void>;
}

/** People who came by a provider that does not answer for their address, once they have confirmed it; federation answers. */
export interface Latecomers {
  /** In the transaction of the confirmation. Undefined when a sign-in by that provider would be refused now, or its word is too old. */
  welcome: (db: Database, person: PersonRef, word: string, at: Date) => Promise<{ first: FirstFactor; rightsChanged: boolean } | undefined>;
  /** After the commit: every process looks at rights anew. */
  rightsChanged: () => void;
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
  /** Ends what agents may do for the person, in every tenant; answers their names. A thief's only: a new password leaves them. */
  agents: (db: Database, userId: string, at: Date) => Promise<string[]>;
  /** After the commit: who is remembered by a credential is looked at anew, keys too. */
  remembered: () => void;
}
