/** The text file of backup codes: what they are, and one a line. */
export const codesFile = (codes: readonly string[], heading: string): string => `${heading}\n\n${codes.join('\n')}\n`;
