import { t } from '#lib/i18n.ts';

const stations = [
  ['auth.station.plan', 225, 200],
  ['auth.station.agree', 355, 290],
  ['auth.station.run', 485, 290],
  ['auth.station.prove', 615, 380],
] as const;

/** The product's idea as a line map: many tracks, one switch, four stations. Decoration only. */
export const LinePicture = () => (
  <div aria-hidden className="relative hidden overflow-hidden border-s border-line bg-sunken lg:block">
    <svg
      viewBox="0 0 840 600"
      preserveAspectRatio="xMidYMid slice"
      className="absolute inset-0 size-full"
      fill="none"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <g className="stroke-line-strong/70" strokeWidth="1.25">
        {[80, 140, 200, 260, 320, 380, 440, 500, 560].map((y) => (
          <path key={y} d={`M-20 ${y}H860`} />
        ))}
        <path d="M-20 500H120c60 0 70-60 130-60H860" />
        <path d="M-20 80H420c60 0 70 60 130 60H860" />
        <path d="M-20 560H360c60 0 70-60 130-60H860" />
        <path d="M240 260c60 0 70 60 130 60" />
      </g>
      <path d="M-20 200H235c50 0 50 90 100 90H495c50 0 50 90 100 90H860" className="stroke-accent" strokeWidth="3.5" />
      {stations.map(([key, x, y]) => (
        <g key={key}>
          <circle cx={x} cy={y} r="6" className="fill-sunken stroke-accent" strokeWidth="3" />
          <text x={x} y={y - 16} textAnchor="middle" className="fill-ink stroke-sunken text-[11px] font-medium [paint-order:stroke]" strokeWidth="6">
            {t(key)}
          </text>
        </g>
      ))}
    </svg>
  </div>
);
