-- A port may be found wanting as well: nobody speaks for its network any more.
alter table exchange_findings
  add column request_id uuid,
  add foreign key (tenant_id, request_id) references exchange_join_requests (tenant_id, id) on delete cascade,
  drop constraint exchange_findings_check,
  add constraint exchange_findings_check check (num_nonnulls(route_server_id, controller_id, request_id) = 1);
create index exchange_findings_request on exchange_findings (tenant_id, request_id);
