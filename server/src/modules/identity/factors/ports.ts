import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { definePort } from '#kernel/port.ts';
import type { Membership } from '../providers/port.ts';
import type { Arrival, Concluded, Issued } from '../sessions/types.ts';
import type { Demand } from './demand.ts';
import type { From, Self } from './deps.ts';
import type { TrustedDevice } from './device-store.ts';
import type { Passkey } from './passkey-store.ts';
import type { Sent } from './texts.ts';
import type { TotpSetup } from './totp.ts';
import type { Answer } from './verify.ts';

/** Told whose sign-in it is before the proof is looked at, for the audit trail. */
export type OnKnown = (person: Issued['user'], tenants: readonly Membership[]) => void;

/** The second step of a sign-in. Everything throws `challenge-expired` when the challenge can be answered no more. */
export interface Challenges {
  /** Texts a code. Throws `factor-not-offered`, `rate-limited` or `sms-undelivered`. */
  send: (challengeId: string, from: From) => Promise<Sent & { phone: string }>;
  /** What to ask a passkey. Throws `factor-not-offered`. */
  options: (challengeId: string) => Promise<PublicKeyCredentialRequestOptionsJSON>;
  /**
   * Opens the session when the proof is right; `deviceToken` is for the cookie of a device to be trusted. Throws `mfa-invalid`,
   * `factor-not-offered`, `locked`, `network-blocked` and what `conclude` throws.
   */
  answer: (
    answer: Answer & { challengeId: string; trustDevice?: boolean | undefined },
    from: From,
    onKnown: OnKnown,
  ) => Promise<{ concluded: Concluded; deviceToken: string | undefined }>;
}
export const Challenges = definePort<Challenges>('identity.challenges');

export interface StepUp {
  /** Prepares a proof that needs it: a passkey is asked, or a code is texted. Throws `factor-not-offered`, `rate-limited` or `sms-undelivered`. */
  options: (self: Self, factor: 'webauthn' | 'sms') => Promise<{ options: PublicKeyCredentialRequestOptionsJSON } | (Sent & { phone: string })>;
  /** The session goes on with a new secret. Throws `mfa-invalid`, `factor-not-offered`, `locked` or `network-blocked`. */
  prove: (self: Self, given: Answer | { factor: 'password'; password: string }) => Promise<Issued>;
  /** Throws `mfa-invalid`, `locked` or `network-blocked`. */
  checkPassword: (self: Self, password: string) => Promise<void>;
}
export const StepUp = definePort<StepUp>('identity.stepUp');

export interface FactorRow {
  id: string;
  kind: 'totp' | 'sms' | 'webauthn';
  label: string;
  verifiedAt: Date;
  lastUsedAt: Date | null;
}
export interface FactorStatus {
  factors: FactorRow[];
  backupCodesLeft: number;
  demand: Demand;
  phone: { masked: string; verified: boolean } | null;
}

/** A person's own authenticator app and backup codes. */
export interface Enrolment {
  /** `tenantId`: whose demand is told. */
  status: (userId: string, tenantId: string) => Promise<FactorStatus>;
  beginTotp: (self: Self) => Promise<TotpSetup & { factorId: string; expiresAt: Date }>;
  /** Answers ten backup codes, for the only time. Throws `mfa-invalid` or `challenge-expired`. */
  confirmTotp: (self: Self, code: string, label: string) => Promise<string[]>;
  /** Throws `not-found` or `last-factor`. */
  remove: (self: Self, kind: 'totp' | 'sms') => Promise<void>;
  /** Throws `factor-not-offered` when there is no factor that they could stand in for. */
  regenerate: (self: Self) => Promise<string[]>;
}
export const Enrolment = definePort<Enrolment>('identity.enrolment');

/** A person's phone number, and codes to it as a factor. */
export interface Phones {
  /** The verified number, if there is one. */
  current: (userId: string) => Promise<string | null>;
  /** Throws `phone-invalid` or `sms-country-blocked`. */
  read: (typed: string) => string;
  /** Throws `rate-limited` or `sms-undelivered`. */
  send: (self: Self, phone: string) => Promise<Sent>;
  /** Throws `mfa-invalid`. */
  confirm: (self: Self, phone: string, code: string) => Promise<void>;
  /** Throws `factor-not-offered`, `rate-limited` or `sms-undelivered`. */
  sendSetup: (self: Self) => Promise<Sent & { phone: string }>;
  /** Answers backup codes when there were none. Throws `mfa-invalid` or `factor-not-offered`. */
  confirmSetup: (self: Self, code: string) => Promise<string[] | null>;
}
export const Phones = definePort<Phones>('identity.phones');

export interface Passkeys {
  list: (userId: string) => Promise<Passkey[]>;
  creationOptions: (self: Self) => Promise<PublicKeyCredentialCreationOptionsJSON>;
  /** Answers backup codes when there were none. Throws `mfa-invalid`, `passkey-known` or `passkey-limit-reached`. */
  add: (self: Self, response: RegistrationResponseJSON, label: string) => Promise<{ passkey: Passkey; backupCodes: string[] | null }>;
  /** Throws `not-found`. */
  rename: (userId: string, id: string, label: string) => Promise<Passkey>;
  /** Throws `not-found`, `last-factor` or `last-sign-in-method`. */
  remove: (self: Self, id: string) => Promise<Passkey>;
}
export const Passkeys = definePort<Passkeys>('identity.passkeys');

/** Signing in with a passkey. */
export interface PasskeySignIn {
  /** The challenge is its own id. */
  options: () => Promise<{ challengeId: string; options: PublicKeyCredentialRequestOptionsJSON }>;
  /** Throws `invalid-credentials`, `network-blocked` and what `conclude` throws. */
  signIn: (given: { challengeId: string; response: AuthenticationResponseJSON }, arrival: Arrival, onKnown: OnKnown) => Promise<Concluded>;
}
export const PasskeySignIn = definePort<PasskeySignIn>('identity.passkeySignIn');

export interface Devices {
  list: (userId: string) => Promise<TrustedDevice[]>;
  /** False when the person has no such trusted device. */
  forget: (self: Self, id: string) => Promise<boolean>;
}
export const Devices = definePort<Devices>('identity.devices');

/** Taking all second factors from a person who has lost them. */
export interface Recovery {
  /** What would be taken from a member of the tenant. Throws `not-found` or `reset-by-operator`. */
  look: (userId: string, tenantId: string) => Promise<{ user: Issued['user']; factors: FactorRow[]; backupCodesLeft: number }>;
  /** Ends every session of the person too. */
  reset: (userId: string, by: { name: string; tenantId: string }) => Promise<void>;
}
export const Recovery = definePort<Recovery>('identity.recovery');
