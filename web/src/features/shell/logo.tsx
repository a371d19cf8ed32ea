/** Two lines and the switch between them. */
export const Mark = ({ className }: { className?: string }) => (
  <svg viewBox="0 0 24 24" fill="none" strokeWidth="2.4" strokeLinecap="round" strokeLinejoin="round" aria-hidden className={className}>
    <path d="M2.5 16h19" className="stroke-ink" />
    <path d="M2.5 16h3.5c4.6 0 4.6-8 9.2-8h6.3" className="stroke-accent" />
  </svg>
);
