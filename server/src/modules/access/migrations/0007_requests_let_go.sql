-- A request for access must not keep what it speaks of: whoever leaves takes their grants with them, and a role that nobody holds can be deleted.
alter table access_requests
  drop constraint access_requests_tenant_id_role_id_fkey,
  drop constraint access_requests_tenant_id_grant_id_fkey,
  drop constraint access_requests_tenant_id_extends_id_fkey,
  add foreign key (tenant_id, role_id) references roles (tenant_id, id) on delete cascade,
  add foreign key (tenant_id, grant_id) references grants (tenant_id, id) on delete set null (grant_id),
  add foreign key (tenant_id, extends_id) references access_requests (tenant_id, id) on delete cascade;
