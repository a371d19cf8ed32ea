export const Palette = (_: { open: boolean; onOpenChange: (open: boolean) => void }) => null;
