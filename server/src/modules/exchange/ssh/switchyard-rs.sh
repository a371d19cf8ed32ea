#!/bin/sh
# switchyard-rs: all that Switchyard can do on a route server. It is the forced command of Switchyard's key, so there is no shell behind it:
#   restrict,command="/usr/local/lib/switchyard/switchyard-rs" ssh-ed25519 AAAA...
# Arguments in that line, where they differ: the folder of generations, and the control socket of BIRD.
set -euf
umask 027
PATH=/usr/sbin:/usr/bin:/sbin:/bin
LC_ALL=C
export PATH LC_ALL
VERSION=1
MOST_BYTES=67108864
base=${1:-/etc/bird/switchyard}
socket=${2:-/run/bird/bird.ctl}

# What went wrong, by its exit code; the words are for people.
USAGE=64 REJECTED=65 BUNDLE=66 BUSY=67 NO_BIRD=68 FULL=69 EXPIRED=70 UNSURE=71
fail() { code=$1; shift; printf '%s\n' "$*" >&2; exit "$code"; }

bird_says() { timeout 25 birdc -s "$socket" "$@" 2>/dev/null | sed 1d; }
# Nothing when BIRD does not answer, or does not know the symbol.
loaded() { bird_says eval SY_GENERATION | grep -E '^[0-9]+$' || true; }
reconfiguring() { bird_says configure status; }
is_pending() { reconfiguring | grep -q -i -E 'unconfirmed|in progress|queued|undo in'; }
pointed() { readlink "$base/current" 2>/dev/null | sed -n 's,^generations/\([0-9][0-9]*\)$,\1,p'; }
require_number() { case $1 in '' | *[!0-9]* | ?????????????*) fail $USAGE "not a number: $1" ;; esac; }
require_bird() { bird_says show status | grep -q 'Daemon is up' || fail $NO_BIRD 'BIRD does not answer'; }
lock() {
  exec 9>"$base/lock" || fail $USAGE "$base cannot be written"
  flock -n 9 || fail $BUSY 'another command is at work on this server'
}
settle() {
  tries=0
  while is_pending_now && [ $tries -lt 100 ]; do sleep 0.1; tries=$((tries + 1)); done
}
# Still at work, whether or not it is to be confirmed.
is_pending_now() { reconfiguring | grep -q -i -E 'in progress|queued'; }
point() {
  rm -f "$base/current.new"
  ln -s "generations/$1" "$base/current.new"
  mv -T "$base/current.new" "$base/current"
  sync -f "$base" 2>/dev/null || sync
}

hello() {
  bird=$(bird_says show status | sed -n 's/^BIRD \([0-9][0-9.]*\).*/"\1"/p' | head -n 1)
  generation=$(loaded)
  now=$(pointed)
  status=$(reconfiguring || true)
  undo=$(printf '%s\n' "$status" | sed -n 's/.*undo in \([0-9][0-9]*\).*/\1/p' | head -n 1)
  pending=false
  if printf '%s\n' "$status" | grep -q -i -E 'unconfirmed|in progress|queued|undo in'; then pending=true; fi
  writable=false
  if [ -w "$base/generations" ]; then writable=true; fi
  free=$(df -Pk "$base" 2>/dev/null | awk 'NR == 2 { print $4 }')
  printf '{"version":%s,"bird":%s,"generation":%s,"current":%s,"pending":%s,"undoIn":%s,"writable":%s,"freeKb":%s,"files":{' \
    "$VERSION" "${bird:-null}" "${generation:-null}" "${now:-null}" "$pending" "${undo:-null}" "$writable" "${free:-null}"
  if [ -n "$now" ] && [ -d "$base/generations/$now" ]; then
    (cd "$base/generations/$now" && find . -type f ! -name manifest -exec sha256sum {} +) |
      sed -n 's,^\([0-9a-f]\{64\}\)  \./\([A-Za-z0-9/_.-]*\)$,"\2":"\1",p' | sort | paste -sd, - | tr -d '\n'
  fi
  printf '}}\n'
}

stage() {
  require_number "$1"
  case $2 in *[!0-9a-f]*) fail $USAGE 'not a digest' ;; esac
  lock
  dir=$base/generations/$1
  new=$dir.tmp
  rm -rf "$new" "$new.tar"
  trap 'rm -rf "$new" "$new.tar"' EXIT
  mkdir -p "$new" || fail $FULL "$new cannot be made"
  head -c $((MOST_BYTES + 1)) >"$new.tar" || fail $FULL 'the disk is full'
  [ "$(wc -c <"$new.tar")" -le $MOST_BYTES ] || fail $BUNDLE 'the bundle is larger than 64 MiB'
  [ "$(sha256sum <"$new.tar" | cut -c1-64)" = "$2" ] || fail $BUNDLE 'the bundle is not the one that was announced'
  if tar --quoting-style=escape -tvf "$new.tar" | grep -q -v '^-'; then fail $BUNDLE 'the bundle holds something other than files'; fi
  if tar --quoting-style=escape -tf "$new.tar" | grep -q -v -E '^(manifest|(main|base|generation)\.conf|peers/as[0-9]+_[0-9a-f]+\.conf)$'; then
    fail $BUNDLE 'the bundle holds a file of another name'
  fi
  tar --no-same-owner --no-same-permissions -xf "$new.tar" -C "$new" || fail $FULL 'the bundle cannot be unpacked'
  (cd "$new" && sha256sum -c --strict --quiet manifest >/dev/null 2>&1) || fail $BUNDLE 'a file is not as the manifest says'
  [ "$(find "$new" -type f ! -name manifest | wc -l)" -eq "$(wc -l <"$new/manifest")" ] || fail $BUNDLE 'a file is not in the manifest'
  if ! said=$(timeout 60 bird -p -c "$new/main.conf" 2>&1); then fail $REJECTED "$(printf '%s' "$said" | sed "s,$new/,,g" | head -c 900)"; fi
  if [ "$(pointed)" = "$1" ] && ! cmp -s "$new/manifest" "$dir/manifest"; then
    # Somebody wrote into the one that BIRD begins with: what was confirmed is put back, file by file.
    rm -rf "$dir/peers"
    (cd "$new" && find . -type d -exec mkdir -p "$dir/{}" \; && find . -type f -exec cp {} "$dir/{}" \;)
  else
    rm -rf "$dir"
    mv -T "$new" "$dir"
  fi
  sync -f "$dir" 2>/dev/null || sync
  printf '{"staged":%s}\n' "$1"
}

check() {
  require_number "$1"
  require_bird
  said=$(bird_says configure check "\"$base/generations/$1/main.conf\"" || true)
  printf '%s' "$said" | grep -q 'Configuration OK' || fail $REJECTED "$(printf '%s' "$said" | grep -v '^Reading' | sed "s,$base/generations/,,g" | head -c 900)"
  printf '{"checked":%s}\n' "$1"
}

arm() {
  require_number "$1"
  require_number "$2"
  lock
  require_bird
  [ -d "$base/generations/$1" ] || fail $BUNDLE "generation $1 is not here"
  if is_pending; then fail $BUSY 'a reconfiguration of somebody is not confirmed yet'; fi
  said=$(bird_says configure "\"$base/generations/$1/main.conf\"" timeout "$2" || true)
  printf '%s' "$said" | grep -q 'Undo scheduled' || fail $REJECTED "$(printf '%s' "$said" | head -c 900)"
  settle
  printf '{"armed":%s,"loaded":%s}\n' "$1" "$(loaded)"
}

confirm() {
  require_number "$1"
  lock
  require_bird
  [ "$(loaded)" = "$1" ] || fail $EXPIRED "BIRD has generation $(loaded) and not $1"
  # Without anything to confirm it exits with 0 all the same: the words alone count.
  bird_says configure confirm | grep -q 'Reconfiguration confirmed' || fail $EXPIRED 'there was nothing left to confirm'
  point "$1"
  printf '{"confirmed":%s}\n' "$1"
}

# After a crash between the confirmation and the link.
repoint() {
  require_number "$1"
  lock
  require_bird
  if is_pending; then fail $BUSY 'a reconfiguration is not confirmed yet'; fi
  [ "$(loaded)" = "$1" ] || fail $EXPIRED "BIRD has generation $(loaded) and not $1"
  [ -d "$base/generations/$1" ] || fail $BUNDLE "generation $1 is not here"
  point "$1"
  printf '{"current":%s}\n' "$1"
}

undo() {
  lock
  require_bird
  before=$(loaded)
  if is_pending; then
    bird_says configure undo >/dev/null || true
    settle
    if is_pending; then fail $UNSURE 'BIRD has not undone it yet'; fi
  fi
  after=$(loaded)
  printf '{"before":%s,"loaded":%s}\n' "${before:-null}" "${after:-null}"
}

status() {
  require_bird
  printf '== configure\n'
  reconfiguring
  printf '== protocols\n'
  bird_says show protocols all
  for table in sy_roa4 sy_roa6; do
    printf '== %s\n' "$table"
    bird_says show route count table $table || true
  done
}

# Prefixes come as digits, since the words of this program hold neither colons nor slashes: the bytes of the address in hex, and the length.
prefix_of() {
  require_number "$3"
  case $2 in *[!0-9a-f]*) fail $USAGE 'not an address' ;; esac
  case $1:${#2} in
    4:8)
      [ "$3" -le 32 ] || fail $USAGE 'not a length'
      # shellcheck disable=SC2046 -- four words of hex digits
      printf '%d.%d.%d.%d/%d' $(printf '%s' "$2" | sed 's/../0x& /g') "$3"
      ;;
    6:32)
      [ "$3" -le 128 ] || fail $USAGE 'not a length'
      printf '%s/%d' "$(printf '%s' "$2" | sed 's/..../&:/g; s/:$//')" "$3"
      ;;
    *) fail $USAGE 'not an address' ;;
  esac
}

# Which routes of a session: what came of its own, what was refused of that, what it is told, and what is kept from it.
routes_of() {
  case $1 in
    routes) printf 'protocol %s' "$2" ;;
    filtered) printf 'filtered protocol %s' "$2" ;;
    exported) printf 'export %s' "$2" ;;
    noexport) printf 'noexport %s' "$2" ;;
    *) fail $USAGE "no such query: $1" ;;
  esac
}

# Read-only queries, one at a time whoever asks; names of protocols are ours alone.
show() {
  case ${2:-} in *[!a-z0-9_]*) fail $USAGE 'not a name' ;; esac
  # An assignment, and no argument: what is refused inside has to end it all.
  case $1:$# in
    protocols:1) what='protocols all' ;;
    daemon:1) what=status ;;
    count:3) what="route count $(routes_of "$3" "$2")" ;;
    under:4)
      what=$(prefix_of "$2" "$3" "$4")
      # Of an address, what leads there.
      case $2:$4 in 4:32 | 6:128) what="route all for ${what%/*}" ;; *) what="route all in $what" ;; esac
      ;;
    *:2) what="route all $(routes_of "$1" "$2")" ;;
    *) fail $USAGE "no such query: $1" ;;
  esac
  exec 8>"$base/look" || fail $USAGE "$base cannot be written"
  flock -w 4 8 || fail $BUSY 'another query is at work on this server'
  require_bird
  # shellcheck disable=SC2086 -- words of ours
  bird_says show $what || true
}

prune() {
  require_number "$1"
  lock
  now=$(pointed)
  before=$(ls "$base/generations" | grep -E '^[0-9]+$' | sort -n | awk -v now="${now:-0}" '$1 < now' | tail -n 1)
  for old in $(ls "$base/generations" | grep -E '^[0-9]+$' | sort -rn | tail -n "+$(($1 + 1))"); do
    if [ "$old" != "$now" ] && [ "$old" != "$before" ]; then rm -rf "$base/generations/$old"; fi
  done
  printf '{"kept":%s}\n' "$(ls "$base/generations" | grep -c -E '^[0-9]+$')"
}

asked=${SSH_ORIGINAL_COMMAND:-}
case $asked in '' | *[!a-z0-9\ _-]*) fail $USAGE 'this key speaks the verbs of switchyard-rs and nothing else' ;; esac
# shellcheck disable=SC2086 -- words without any meaning to a shell, and no file names are made of them
set -- $asked
verb=$1
shift
case $verb:$# in
  hello:0 | status:0 | undo:0) $verb ;;
  check:1 | confirm:1 | repoint:1 | prune:1) $verb "$1" ;;
  stage:2 | arm:2) $verb "$1" "$2" ;;
  show:1 | show:2 | show:3 | show:4) show "$@" ;;
  *) fail $USAGE 'this key speaks the verbs of switchyard-rs and nothing else' ;;
esac
