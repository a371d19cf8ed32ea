/** The node id in what `zerotier-cli info` prints (`200 info d1d2d3d4d5 1.14.0 ONLINE`), or typed alone. */
export const nodeIn = (printed: string): string | undefined => /(?:^|\s)([0-9a-f]{10})(?:\s|$)/i.exec(printed)?.[1]?.toLowerCase();
