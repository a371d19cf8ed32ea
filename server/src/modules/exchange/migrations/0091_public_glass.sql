-- The looking glass of a published fabric, for everybody and without a sign-in.
alter table exchange_fabrics add column lookingglass_public boolean not null default false;
