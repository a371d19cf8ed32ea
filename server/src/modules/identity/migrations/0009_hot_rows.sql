-- Both are written at each sign-in and looked through once an hour or a day: without an index on what changes each time, PostgreSQL
-- writes the row alone (heap-only tuples), within the page it is on.
drop index auth.login_attempts_age;
drop index auth.sign_in_places_age;
alter table auth.login_attempts set (fillfactor = 50);
alter table auth.sign_in_places set (fillfactor = 80);
alter table auth.users set (fillfactor = 80);
