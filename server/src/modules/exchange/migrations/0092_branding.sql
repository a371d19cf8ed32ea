-- How the exchange of a tenant presents itself to its members and to the world; its logo is that of the tenant.
create table exchange_branding (
  tenant_id uuid not null,
  id uuid not null,
  name text,
  short_name text,
  support_url text,
  footer_text text,
  footer_url text,
  -- Of links on light and on dark pages, #rrggbb.
  accent text check (accent ~ '^#[0-9a-f]{6}$'),
  accent_dark text check (accent_dark ~ '^#[0-9a-f]{6}$'),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id)
);
