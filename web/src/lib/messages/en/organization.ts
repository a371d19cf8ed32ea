/** The organisation: company, settings, branding, domains, sign-in. */
export const organization = { 'org.title': 'Organisation' } as const;
