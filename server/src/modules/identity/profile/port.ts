import { definePort } from '#kernel/port.ts';
import type { From } from '../registration/port.ts';
import type { ActivityRow } from './activity.ts';

export interface ProfileRecord {
  id: string;
  email: string;
  emailVerified: boolean;
  /** Wanted, and not confirmed yet. */
  pendingEmail: string | null;
  name: string;
  givenName: string | null;
  familyName: string | null;
  locale: string | null;
  zone: string | null;
  avatarId: string | null;
  phone: string | null;
  createdAt: Date;
  lastLoginAt: Date | null;
  version: number;
}

interface ProfileEdit {
  name?: string | undefined;
  givenName?: string | null | undefined;
  familyName?: string | null | undefined;
  locale?: string | null | undefined;
  zone?: string | null | undefined;
}

export interface PreferencesRecord {
  theme: 'system' | 'light' | 'dark';
  locale: string | null;
  zone: string | null;
  dateFormat: 'locale' | 'iso' | 'relative';
  landingPage: string;
  version: number;
}
type PreferencesEdit = { [K in keyof Omit<PreferencesRecord, 'version'>]?: PreferencesRecord[K] | undefined };

interface PasswordChange {
  currentPassword: string;
  newPassword: string;
  /** Session that goes on in any case. */
  sessionId: string;
  /** The person's other sessions go on as well. */
  keepOthers: boolean;
}

/** A person's own affairs. `seen`: version that the caller has read; throws `version-conflict` when it is another by now. */
export interface Profile {
  get: (userId: string) => Promise<ProfileRecord>;
  update: (userId: string, edit: ProfileEdit, seen: string | undefined, from: From) => Promise<ProfileRecord>;
  preferences: (userId: string) => Promise<PreferencesRecord>;
  prefer: (userId: string, edit: PreferencesEdit, seen: string | undefined) => Promise<PreferencesRecord>;
  /** The newest first. */
  activity: (userId: string, page: { before?: string | undefined; limit: number }) => Promise<ActivityRow[]>;
  /** Mails a link to the new address; whether somebody else has it is not told. Throws `rate-limited`. */
  changeEmail: (userId: string, email: string, from: From) => Promise<void>;
  /** By the link at the new address. Throws `link-invalid`. */
  confirmEmail: (token: string, from: From) => Promise<{ email: string }>;
  /** By the link at the old address: it counts again, every session, key and agent ends and the password is void. Throws `link-invalid`. */
  undoEmail: (token: string, from: From) => Promise<{ email: string }>;
  /** Throws `invalid-credentials`, `locked`, `network-blocked`, and what weak or former passwords are refused with. */
  changePassword: (userId: string, change: PasswordChange, from: From) => Promise<void>;
  /** Throws `avatar-invalid` or `dependency-unavailable`. Answers the id of the picture. */
  putAvatar: (userId: string, picture: Buffer) => Promise<string>;
  deleteAvatar: (userId: string) => Promise<boolean>;
  /** WebP, when `viewerId` is that person or shares a tenant with them. */
  avatar: (viewerId: string, userId: string) => Promise<Buffer | undefined>;
}
export const Profile = definePort<Profile>('identity.profile');
