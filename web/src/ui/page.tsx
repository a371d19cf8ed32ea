import type { ReactNode } from 'react';
import { cx } from '#lib/cx.ts';
import { useDocumentTitle } from './document-title.ts';

export interface PageProps {
  title: ReactNode;
  /** Title of the browser's tab, when `title` is not plain text or says too little. */
  documentTitle?: string;
  /** Above the title: a number, a way back. */
  eyebrow?: ReactNode;
  /** Below the title: state, badges, one line of facts. */
  facts?: ReactNode;
  actions?: ReactNode;
  /** `full` for details, `reading` for forms and settings, `fill` for a list whose table scrolls inside the window. */
  width?: 'full' | 'reading' | 'fill';
  children: ReactNode;
}
const widths = { full: 'max-w-[120rem]', reading: 'max-w-4xl', fill: 'h-full max-w-[160rem] min-h-96' };

/** The frame of every page: title, actions, content. */
export function PageFrame({ title, documentTitle, eyebrow, facts, actions, width = 'full', children }: PageProps) {
  useDocumentTitle(documentTitle ?? (typeof title === 'string' ? title : ''));
  return (
    <div className={cx('mx-auto flex w-full flex-col gap-5 px-4 py-5 sm:px-6', widths[width])}>
      <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-[1_1_20rem]">
          {eyebrow && <div className="mb-0.5 text-xs text-ink-3">{eyebrow}</div>}
          <h1 className="text-xl font-semibold tracking-[-0.01em] text-balance">{title}</h1>
          {facts && <div className="mt-1.5 flex flex-wrap items-center gap-x-2 gap-y-1.5 text-ink-2">{facts}</div>}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </header>
      {children}
    </div>
  );
}
