import { useState, type CSSProperties } from 'react';
import { fillOf } from '#features/auth/colour.ts';
import { Mark } from '#features/shell/logo.tsx';
import { t } from '#lib/i18n.ts';
import { Card } from '#ui/card.tsx';
import { FilterToggle } from '#ui/filter.tsx';

export interface BrandPreviewProps {
  name: string;
  /** `#rrggbb` */
  colour: string | null;
  logoUrl: string | null;
  iconUrl: string | null;
  loginText: string;
  supportLink: string;
}
const Bar = ({ className }: { className: string }) => <span className={`block rounded-sm bg-press ${className}`} />;

const Login = ({ name, logoUrl, loginText, supportLink }: BrandPreviewProps) => (
  <div className="flex flex-col gap-3 rounded-lg border border-line bg-surface p-6">
    {logoUrl ? <img src={logoUrl} alt="" className="h-8 max-w-40 self-start object-contain object-left" /> : <Mark className="size-8" />}
    <p className="text-lg font-semibold">{t('branding.preview.signIn', { name })}</p>
    {loginText.trim() && <p className="text-sm whitespace-pre-wrap text-ink-2 [overflow-wrap:anywhere]">{loginText}</p>}
    <span className="flex h-8 items-center rounded-md border border-line-control px-2.5 text-ink-3">olivia@example.com</span>
    <span className="flex h-8 items-center justify-center rounded-md bg-accent-fill text-sm font-medium text-white">
      {t('branding.preview.continue')}
    </span>
    {supportLink.trim() && <span className="text-xs text-ink-3 underline">{t('branding.preview.support')}</span>}
  </div>
);

const ShellView = ({ name, iconUrl }: BrandPreviewProps) => (
  <div className="flex h-52 overflow-hidden rounded-lg border border-line bg-canvas">
    <div className="flex w-36 shrink-0 flex-col gap-2 border-e border-line bg-sunken p-2">
      <span className="flex items-center gap-2 text-xs font-semibold">
        {iconUrl ? <img src={iconUrl} alt="" className="size-5 rounded-sm object-contain" /> : <Mark className="size-5" />}
        <span className="truncate">{name}</span>
      </span>
      <Bar className="h-5 w-full bg-press" />
      {['w-20', 'w-16', 'w-24', 'w-14'].map((width) => (
        <Bar key={width} className={`h-3 ${width}`} />
      ))}
    </div>
    <div className="flex min-w-0 flex-1 flex-col gap-3 p-3">
      <span className="flex items-center justify-between gap-2">
        <Bar className="h-4 w-24" />
        <span className="rounded-md bg-accent-fill px-2.5 py-1 text-xs font-medium text-white">{t('branding.preview.action')}</span>
      </span>
      <div className="flex flex-col gap-2 rounded-md border border-line bg-surface p-3">
        {['w-5/6', 'w-2/3', 'w-3/4'].map((width) => (
          <Bar key={width} className={`h-3 ${width}`} />
        ))}
      </div>
    </div>
  </div>
);

/** The sign-in page and the application in miniature, in the colour and words as they are typed. */
export function BrandPreview(props: BrandPreviewProps) {
  const [dark, setDark] = useState(false);
  const fill = fillOf(props.colour);
  const colours = fill ? ({ '--accent-fill': fill.fill, '--accent-fill-hover': fill.hover } as CSSProperties) : {};
  return (
    <Card
      title={t('branding.preview')}
      className="xl:sticky xl:top-5"
      aside={<FilterToggle label={t('branding.preview.dark')} on={dark} onChange={setDark} />}
    >
      <div data-theme={dark ? 'dark' : 'light'} style={colours} className="flex flex-col gap-4 rounded-md bg-canvas p-4 text-ink">
        <Login {...props} />
        <ShellView {...props} />
      </div>
    </Card>
  );
}
