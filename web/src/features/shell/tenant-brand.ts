import { queryOptions, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { fillOf } from '#features/auth/colour.ts';
import { request } from '#lib/api.ts';
import { useMe } from '#lib/session.ts';

interface Face {
  branding: { iconUrl: string | null; primaryColor: string | null };
}
/** The face that everybody may see: a member without rights to the settings sees the same colour as the others. */
const faceQuery = (slug: string) =>
  queryOptions({
    queryKey: ['/branding', slug],
    queryFn: ({ signal }) => request<Face>('GET', '/public/tenants/by-host', { query: { host: slug }, signal }).catch(() => null),
    staleTime: 300_000,
  });

/** The organisation's colour on buttons and its icon beside its name. Set on the root, since dialogs live outside the shell. */
export function useTenantBrand(): { iconUrl: string | null } {
  const face = useQuery(faceQuery(useMe().tenant.slug)).data?.branding;
  const colour = face?.primaryColor ?? null;
  useEffect(() => {
    const fill = fillOf(colour);
    if (!fill) return;
    const { style } = document.documentElement;
    style.setProperty('--accent-fill', fill.fill);
    style.setProperty('--accent-fill-hover', fill.hover);
    return () => {
      style.removeProperty('--accent-fill');
      style.removeProperty('--accent-fill-hover');
    };
  }, [colour]);
  return { iconUrl: face?.iconUrl ?? null };
}
