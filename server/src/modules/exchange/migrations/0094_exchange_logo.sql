-- A logo of the exchange itself; that of the tenant is shown where it has none.
alter table exchange_branding
  add column logo bytea check (octet_length(logo) <= 1048576),
  add column logo_type text;
