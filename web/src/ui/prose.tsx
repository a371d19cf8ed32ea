import type { ReactNode } from 'react';

/** A sentence from a schema or a summary, with its `code` set as code. */
export const Prose = ({ text }: { text: string }): ReactNode =>
  text.split(/`([^`]+)`/).map((part, i) =>
    i % 2 === 1 ? (
      <code key={i} className="rounded-xs bg-quiet-wash px-1 text-ink-2">
        {part}
      </code>
    ) : (
      part
    ),
  );
