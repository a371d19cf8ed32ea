/** Values that would be statements if anybody put them into one, for tests of every kind of database. */
export const INJECTIONS = [
  `'; drop table devices; --`, `' or '1'='1`, `" or ""="`, `\\'; drop table devices; --`, `'||(select pg_sleep(10))||'`, `fra'/*`, `*/ union select 1,2 --`, `$$; drop table devices; $$`, `$tag$ x $tag$`,
  `:site`, `:other`, `$1`, `$2; select 1`, `1; update devices set site = 'x'`, `'; copy devices to program 'id'; --`, `E'\\x27 or 1=1'`, `\u02bc or 1=1 --`, `＇ or 1=1`, `%27%20or%201=1`, `x'); delete from devices where ('1'='1`,
  `null`, `true`, `{{ 1 + 1 }}`, `\n; drop table devices`, `-- x`, `;`, `'`, `''`, `'''`, `\\`, `x' and pg_read_file('/etc/passwd') like '%`, `'; set role postgres; --`, `', (select current_user)) --`, `U&'\\0027 or 1=1'`, `\u0000`.replace('\u0000', '\u0001'),
]; // prettier-ignore
