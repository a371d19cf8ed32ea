import { queryOptions, useQuery } from '@tanstack/react-query';
import { request } from '#lib/api.ts';

/** The organisation whose address this page was opened at: its own domain or subdomain. */
export interface Brand {
  name: string;
  logoUrl: string | null;
  iconUrl: string | null;
  /** `#rrggbb` */
  primaryColor: string | null;
  loginText: string | null;
  supportLink: string | null;
}
interface ByHost {
  tenant: { name: string };
  branding: Omit<Brand, 'name'>;
}
/** Plain names and addresses are the installation's own; only the others can be somebody's. */
const mayBeSomebodys = (host: string): boolean => /[a-z]/i.test(host) && host.includes('.') && !host.startsWith('[');

export const brandQuery = queryOptions({
  queryKey: ['brand'],
  queryFn: async ({ signal }): Promise<Brand | null> =>
    mayBeSomebodys(location.hostname)
      ? request<ByHost>('GET', '/public/tenants/by-host', { query: { host: location.hostname }, signal }).then(
          ({ tenant, branding }) => ({ name: tenant.name, ...branding }),
          () => null,
        )
      : null,
  staleTime: Infinity,
  gcTime: Infinity,
});
export const useBrand = (): Brand | null => useQuery(brandQuery).data ?? null;
