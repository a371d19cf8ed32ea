import { queryOptions } from '@tanstack/react-query';
import { request } from '#lib/api.ts';
import { queryClient } from '#lib/query.ts';
import type { Page } from '#lib/types.ts';

export interface Profile {
  id: string;
  email: string;
  emailVerified: boolean;
  pendingEmail: string | null;
  name: string;
  givenName: string | null;
  familyName: string | null;
  avatarUrl: string | null;
  phone: string | null;
  createdAt: string;
  lastLoginAt: string | null;
  version: number;
}
export interface FactorRow {
  id: string;
  kind: 'totp' | 'sms' | 'webauthn';
  label: string | null;
  verifiedAt: string | null;
  lastUsedAt: string | null;
}
export interface MfaStatus {
  factors: FactorRow[];
  backupCodesLeft: number;
  /** Whether a tenant or a role asks for a second factor: not at all, after a time, or at once. */
  demanded: 'no' | 'grace' | 'now';
  graceEndsAt: string | null;
  phone: { masked: string; verified: boolean } | null;
}
export interface SessionRow {
  id: string;
  kind: string;
  device: string | null;
  os: string | null;
  browser: string | null;
  /** Its last part is hidden. */
  ip: string | null;
  place: string | null;
  createdAt: string;
  lastSeenAt: string;
  current: boolean;
}
export interface DeviceRow {
  id: string;
  /** "Firefox on Linux" */
  device: string;
  ip: string | null;
  createdAt: string;
  lastUsedAt: string | null;
  trustedUntil: string;
}
export interface PasskeyRow {
  id: string;
  label: string;
  createdAt: string;
  lastUsedAt: string | null;
  backedUp: boolean;
}
export interface ActivityRow {
  id: string;
  kind: string;
  at: string;
  ip: string | null;
  device: string | null;
  detail: Record<string, string | number | boolean | null>;
}
export interface LinkedAccount {
  provider: string;
  name: string;
  email: string | null;
  linkedAt: string;
  lastUsedAt: string | null;
  onlyMethod: boolean;
}

const read = <T>(path: string) => queryOptions({ queryKey: [path], queryFn: ({ signal }) => request<T>('GET', path, { signal }) });

export const profileQuery = read<Profile>('/users/me');
export const mfaQuery = read<MfaStatus>('/auth/mfa');
export const sessionsQuery = read<Page<SessionRow>>('/auth/sessions');
export const devicesQuery = read<Page<DeviceRow>>('/auth/devices');
export const passkeysQuery = read<Page<PasskeyRow>>('/auth/passkeys');
export const linkedQuery = read<Page<LinkedAccount>>('/auth/oauth/accounts');

/** What these acts change is read again. */
export const changed = (...paths: string[]): Promise<unknown> =>
  Promise.all(paths.map((path) => queryClient.invalidateQueries({ queryKey: [path] })));
