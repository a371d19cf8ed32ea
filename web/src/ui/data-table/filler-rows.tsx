import type { RefObject } from 'react';
import { cx } from '#lib/cx.ts';
import { number } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import type { Rows } from '#lib/pages.ts';
import { Button } from '../button.tsx';
import { Skeleton } from '../skeleton.tsx';

/** The room of rows that are not drawn. */
export const SpacerRow = ({ height, span }: { height: number; span: number }) =>
  height > 0 && (
    <tr aria-hidden style={{ height }}>
      <td colSpan={span} aria-label={t('state.loading')} className="border-0! p-0" />
    </tr>
  );

const WIDTHS = ['w-28', 'w-20', 'w-24', 'w-16'];
/** Rows that load. */
export const SkeletonRows = ({ span }: { span: number }) =>
  [...Array(8).keys()].map((row) => (
    <tr key={row} aria-hidden className="h-9">
      {[...Array(span).keys()].map((i) => (
        <td key={i} aria-label={t('state.loading')} className="border-b border-line px-3">
          <Skeleton className={cx('h-3.5', WIDTHS[(row + i) % WIDTHS.length])} />
        </td>
      ))}
    </tr>
  ));

/** The last row while the server has more. */
export const MoreRow = <Row,>({ source, span, end }: { source: Rows<Row>; span: number; end: RefObject<HTMLTableRowElement | null> }) =>
  source.hasMore && (
    <tr ref={end}>
      <td colSpan={span} className="h-9 px-3 text-center">
        <Button variant="ghost" size="sm" busy={source.loadingMore} onClick={source.loadMore}>
          {t('table.more', { count: source.rows.length, shown: number(source.rows.length) })}
        </Button>
      </td>
    </tr>
  );
