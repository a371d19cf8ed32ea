import { queryOptions, useQuery } from '@tanstack/react-query';
import type { CSSProperties, ReactNode } from 'react';
import { Mark } from '#features/shell/logo.tsx';
import type { Answer } from '#lib/answers.ts';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';

type Shown = Answer<'exchange.branding.show'>;
export type Face = NonNullable<Shown['face']>;

/** Of an exchange that says nothing of itself there is none, and the pages have our own. */
export const faceKey = (tenant: string): readonly [string, string] => ['/exchange/face', tenant];
const faceQuery = (tenant: string) =>
  queryOptions({
    queryKey: faceKey(tenant),
    queryFn: ({ signal }) => request<Shown>('GET', `/exchange/${encodeURIComponent(tenant)}/branding`, { signal }).then(({ face }) => face),
    staleTime: 60_000,
  });
export const useFace = (tenant: string): Face | null => useQuery(faceQuery(tenant)).data ?? null;

/** Our own colour where it has none: `--accent` of styles.css. */
const OWN = { light: 'oklch(0.505 0.178 264)', dark: 'oklch(0.735 0.125 264)' };
const colours = (face: Face | null): CSSProperties =>
  !face || (face.accent === null && face.accentDark === null)
    ? {}
    : ({ '--accent': `light-dark(${face.accent ?? OWN.light}, ${face.accentDark ?? OWN.dark})` } as CSSProperties);

export const Name = ({ face }: { face: Face }) => (
  <span className="flex min-w-0 items-center gap-3">
    {face.logoUrl === null ? <Mark className="size-8 shrink-0" /> : <img src={face.logoUrl} alt="" className="max-h-10 max-w-40 object-contain" />}
    <span className="min-w-0 font-semibold [overflow-wrap:anywhere]">
      {face.shortName === null ? (
        face.name
      ) : (
        <abbr title={face.name} className="no-underline">
          {face.shortName}
        </abbr>
      )}
    </span>
  </span>
);

const linkClass = 'text-accent underline';
export function Foot({ face }: { face: Face | null }) {
  if (!face || (face.footerText === null && face.supportUrl === null)) return null;
  return (
    <footer className="mx-auto flex w-full max-w-4xl flex-wrap gap-x-6 gap-y-1 px-4 py-5 text-xs text-ink-2 sm:px-6">
      {face.footerText !== null &&
        (face.footerUrl === null ? (
          <span className="[overflow-wrap:anywhere]">{face.footerText}</span>
        ) : (
          <a href={face.footerUrl} rel="noreferrer" className={`${linkClass} [overflow-wrap:anywhere]`}>
            {face.footerText}
          </a>
        ))}
      {face.supportUrl !== null && (
        <a href={face.supportUrl} rel="noreferrer" className={linkClass}>
          {t('exchangeFace.support')}
        </a>
      )}
    </footer>
  );
}

/** A page that anybody may see, with the face of the exchange that it is of. */
export function PublicPage({ tenant, children }: { tenant: string; children: ReactNode }) {
  const face = useFace(tenant);
  return (
    <main className="min-h-dvh" style={colours(face)}>
      <div className="mx-auto max-w-4xl px-4 pt-5 sm:px-6">{face ? <Name face={face} /> : <Mark className="size-8" />}</div>
      {children}
      <Foot face={face} />
    </main>
  );
}
