import { Languages } from 'lucide-react';
import { useEffect, useRef, type CSSProperties, type ReactNode } from 'react';
import { Mark } from '#features/shell/logo.tsx';
import { cx } from '#lib/cx.ts';
import { chooseLanguage, currentLanguage, LANGUAGES, t, type Language } from '#lib/i18n.ts';
import { useDocumentTitle } from '#ui/document-title.ts';
import { Menu, MenuChoice } from '#ui/menu.tsx';
import { useBrand } from './brand.ts';
import { fillOf } from './colour.ts';
import { LinePicture } from './line-picture.tsx';

export interface FrameProps {
  title: string;
  lead?: ReactNode;
  /** Another value is another page to screen readers: the heading takes the focus, unless a field does. */
  step?: string;
  width?: 'sm' | 'md';
  children?: ReactNode;
}

const WIDTHS = { sm: 'max-w-sm', md: 'max-w-md' };
const languages = Object.entries(LANGUAGES).map(([value, label]) => ({ value: value as Language, label }));

/** Every page outside the application: the organisation's mark, one heading, one task. */
export function Frame({ title, lead, step = '', width = 'sm', children }: FrameProps) {
  const brand = useBrand();
  const heading = useRef<HTMLHeadingElement>(null);
  const first = useRef(step);
  useDocumentTitle(title);
  useEffect(() => {
    if (first.current === step) return;
    first.current = step;
    if (!heading.current?.parentElement?.contains(document.activeElement)) heading.current?.focus();
  }, [step]);
  const fill = fillOf(brand?.primaryColor ?? null);
  const colours = fill ? ({ '--accent-fill': fill.fill, '--accent-fill-hover': fill.hover } as CSSProperties) : {};
  return (
    <div style={colours} className="grid min-h-dvh bg-surface lg:grid-cols-[minmax(28rem,5fr)_7fr]">
      <div className="flex min-w-0 flex-col px-5 py-6 sm:px-16 sm:py-10">
        <main className="my-auto py-6">
          <div className={cx('mx-auto w-full', WIDTHS[width])}>
            {brand?.logoUrl ? (
              <img src={brand.logoUrl} alt={brand.name} className="h-9 max-w-48 object-contain object-left" />
            ) : (
              <Mark className="size-9" />
            )}
            <h1 ref={heading} tabIndex={-1} className="mt-6 text-2xl font-semibold tracking-[-0.015em] text-balance outline-none">
              {title}
            </h1>
            {lead && <div className="mt-1.5 text-base text-pretty text-ink-2">{lead}</div>}
            {children}
          </div>
        </main>
        <footer className={cx('mx-auto flex w-full items-center justify-between gap-4 text-xs text-ink-3', WIDTHS[width])}>
          <Menu
            side="top"
            trigger={
              <button
                type="button"
                className="-ms-1.5 flex h-7 items-center gap-1.5 rounded-md px-1.5 hover:bg-hover hover:text-ink pointer-coarse:h-10"
              >
                <Languages aria-hidden className="size-3.5" />
                <span className="sr-only">{t('auth.language')}: </span>
                {LANGUAGES[currentLanguage()]}
              </button>
            }
          >
            <MenuChoice value={currentLanguage()} onChange={(language) => void chooseLanguage(language)} choices={languages} />
          </Menu>
          {brand?.supportLink && (
            <a href={brand.supportLink} rel="noreferrer" className="rounded-sm hover:text-ink hover:underline">
              {t('auth.support')}
            </a>
          )}
        </footer>
      </div>
      <LinePicture />
    </div>
  );
}
