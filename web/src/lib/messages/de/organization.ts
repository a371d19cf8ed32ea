export const organization = { 'org.title': 'Organisation' } as const;
