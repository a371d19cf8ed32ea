-- How often something was wanted of a server. Times cannot tell what an application has not seen: the clock of whoever asked is another, and what
-- they wrote may be there later than it says.
alter table exchange_route_server_access add column dirty_count bigint not null default 0;
