import { queryOptions } from '@tanstack/react-query';
import type { Answer, Item } from '#lib/answers.ts';
import { request } from '#lib/api.ts';
import { queryClient } from '#lib/query.ts';
import type { Page } from '#lib/types.ts';

export type Profile = Answer<'users.me.get'>;
export type MfaStatus = Answer<'auth.mfa.status'>;
export type FactorRow = MfaStatus['factors'][number];
export type SessionRow = Item<'auth.sessions.list'>;
export type DeviceRow = Item<'auth.devices.list'>;
export type PasskeyRow = Item<'auth.passkeys.list'>;
export type ActivityRow = Item<'users.me.activity'>;
export type LinkedAccount = Item<'auth.oauth.accounts'>;

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
