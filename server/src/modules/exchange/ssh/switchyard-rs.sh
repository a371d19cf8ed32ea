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

newline='
'
# What may be long goes by as it comes.
bird_says() { timeout 25 birdc -s "$socket" "$@" 2>/dev/null | sed 1d; }
# Short answers are in $said, without the line in which BIRD greets: each process that is not started is a moment sooner there.
ask() {
  said=$(timeout 25 birdc -s "$socket" "$@" 2>/dev/null) || true
  said=${said#BIRD*ready.}
  said=${said#"$newline"}
}
# In $generation: nothing when BIRD does not answer, or does not know the symbol.
ask_loaded() {
  ask eval SY_GENERATION
  case $said in '' | *[!0-9]*) generation= ;; *) generation=$said ;; esac
}
# Answers also whether BIRD does.
ask_pending() {
  ask configure status
  case $said in
    *[Uu]nconfirmed* | *[Ii]n\ progress* | *[Qq]ueued* | *[Uu]ndo\ in*) pending=true ;;
    *) pending=false ;;
  esac
  [ -n "$said" ]
}
# In $now: the generation that BIRD begins with.
read_pointed() {
  now=$(readlink "$base/current" 2>/dev/null) || true
  case $now in
    generations/*[!0-9]* | generations/) now= ;;
    generations/*) now=${now#generations/} ;;
    *) now= ;;
  esac
}
require_number() { case $1 in '' | *[!0-9]* | ?????????????*) fail $USAGE "not a number: $1" ;; esac; }
require_bird() {
  ask show status
  case $said in *'Daemon is up'*) ;; *) fail $NO_BIRD 'BIRD does not answer' ;; esac
}
# The first 900 characters of what BIRD said, without the folder.
complain() { fail $REJECTED "$(printf '%s' "$2" | grep -v '^Reading' | sed "s,$1,,g" | head -c 900)"; }
lock() {
  exec 9>"$base/lock" || fail $USAGE "$base cannot be written"
  flock -n 9 || fail $BUSY 'another command is at work on this server'
}
# Waits while BIRD is still at work, whether or not it is to be confirmed.
settle() {
  tries=0
  while ask_pending && [ $tries -lt 100 ]; do
    case $said in *[Ii]n\ progress* | *[Qq]ueued*) ;; *) return 0 ;; esac
    sleep 0.1
    tries=$((tries + 1))
  done
}
point() {
  ln -sfn "generations/$1" "$base/current.new"
  mv -T "$base/current.new" "$base/current"
  # The link alone: what it leads to was written when it was sent.
  sync "$base" 2>/dev/null || sync
}

hello() {
  ask show status
  bird=null
  case $said in BIRD\ [0-9]*) bird=${said#BIRD }; bird=\"${bird%%[!0-9.]*}\" ;; esac
  ask_loaded
  ask_pending || true
  undo=
  case $said in *'undo in '[0-9]*) undo=${said#*undo in }; undo=${undo%%[!0-9]*} ;; esac
  read_pointed
  writable=false
  if [ -w "$base/generations" ]; then writable=true; fi
  # A line of headings, and one of figures.
  free=$(df -k --output=avail "$base" 2>/dev/null) || true
  free=${free##*[!0-9]}
  printf '{"version":%s,"bird":%s,"generation":%s,"current":%s,"pending":%s,"undoIn":%s,"writable":%s,"freeKb":%s,"files":{' \
    "$VERSION" "$bird" "${generation:-null}" "${now:-null}" "$pending" "${undo:-null}" "$writable" "${free:-null}"
  if [ -n "$now" ] && [ -d "$base/generations/$now" ]; then
    cd "$base/generations/$now"
    find . -type f ! -name manifest -exec sha256sum {} + |
      sed -n 's,^\([0-9a-f]\{64\}\)  \./\([A-Za-z0-9/_.-]*\)$,"\2":"\1",p' | paste -sd, -
  fi
  printf '}}\n'
}

# What a bundle may hold, as tar lists it: plain files of these names.
FILES='(manifest|(main|base|generation)\.conf|peers/as[0-9]+_[0-9a-f]+\.conf)'
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
  [ "$(stat -c %s "$new.tar")" -le $MOST_BYTES ] || fail $BUNDLE 'the bundle is larger than 64 MiB'
  digest=$(sha256sum <"$new.tar")
  [ "${digest%% *}" = "$2" ] || fail $BUNDLE 'the bundle is not the one that was announced'
  if tar --quoting-style=escape -tvf "$new.tar" | grep -q -v -E "^-[rwx-]{9} [^ ]+ +[0-9]+ [0-9-]+ [0-9:]+ $FILES\$"; then
    fail $BUNDLE 'the bundle holds something other than files of the names that are known'
  fi
  tar --no-same-owner --no-same-permissions -xf "$new.tar" -C "$new" || fail $FULL 'the bundle cannot be unpacked'
  (cd "$new" && sha256sum -c --strict --quiet manifest >/dev/null 2>&1) || fail $BUNDLE 'a file is not as the manifest says'
  [ "$(find "$new" -type f ! -name manifest | wc -l)" -eq "$(wc -l <"$new/manifest")" ] || fail $BUNDLE 'a file is not in the manifest'
  if ! said=$(timeout 60 bird -p -c "$new/main.conf" 2>&1); then complain "$new/" "$said"; fi
  read_pointed
  if [ "$now" = "$1" ] && ! cmp -s "$new/manifest" "$dir/manifest"; then
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
  ask configure check "\"$base/generations/$1/main.conf\""
  case $said in
    *'Configuration OK'*) printf '{"checked":%s}\n' "$1" ;;
    '') fail $NO_BIRD 'BIRD does not answer' ;;
    *) complain "$base/generations/" "$said" ;;
  esac
}

arm() {
  require_number "$1"
  require_number "$2"
  lock
  [ -d "$base/generations/$1" ] || fail $BUNDLE "generation $1 is not here"
  ask_pending || fail $NO_BIRD 'BIRD does not answer'
  if $pending; then fail $BUSY 'a reconfiguration of somebody is not confirmed yet'; fi
  ask configure "\"$base/generations/$1/main.conf\"" timeout "$2"
  case $said in *'Undo scheduled'*) ;; *) complain "$base/generations/" "$said" ;; esac
  settle
  ask_loaded
  printf '{"armed":%s,"loaded":%s}\n' "$1" "${generation:-null}"
}

# Of that generation and no other.
require_loaded() {
  ask_loaded
  [ "$generation" != "$1" ] || return 0
  require_bird
  fail $EXPIRED "BIRD has generation ${generation:-of somebody else} and not $1"
}

confirm() {
  require_number "$1"
  lock
  require_loaded "$1"
  ask configure confirm
  # Without anything to confirm it exits with 0 all the same: the words alone count.
  case $said in *'Reconfiguration confirmed'*) ;; *) fail $EXPIRED 'there was nothing left to confirm' ;; esac
  point "$1"
  printf '{"confirmed":%s}\n' "$1"
}

# After a crash between the confirmation and the link.
repoint() {
  require_number "$1"
  lock
  ask_pending || fail $NO_BIRD 'BIRD does not answer'
  if $pending; then fail $BUSY 'a reconfiguration is not confirmed yet'; fi
  require_loaded "$1"
  [ -d "$base/generations/$1" ] || fail $BUNDLE "generation $1 is not here"
  point "$1"
  printf '{"current":%s}\n' "$1"
}

undo() {
  lock
  require_bird
  ask_loaded
  before=$generation
  ask_pending || true
  if $pending; then
    ask configure undo
    settle
    ask_pending || true
    if $pending; then fail $UNSURE 'BIRD has not undone it yet'; fi
  fi
  ask_loaded
  printf '{"before":%s,"loaded":%s}\n' "${before:-null}" "${generation:-null}"
}

status() {
  ask_pending || fail $NO_BIRD 'BIRD does not answer'
  printf '== configure\n%s\n== protocols\n' "$said"
  bird_says show protocols all
  for table in sy_roa4 sy_roa6; do
    ask show route count table $table
    printf '== %s\n%s\n' "$table" "$said"
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

# The newest, the one that BIRD begins with, and the one before that.
prune() {
  require_number "$1"
  lock
  read_pointed
  kept=0 before=
  for old in $(ls "$base/generations" | sort -rn); do
    case $old in *[!0-9]*) continue ;; esac
    if [ "$old" -lt "${now:-0}" ] && [ -z "$before" ]; then before=$old; fi
    if [ $kept -lt "$1" ] || [ "$old" = "$now" ] || [ "$old" = "$before" ]; then kept=$((kept + 1)); else rm -rf "$base/generations/$old"; fi
  done
  printf '{"kept":%s}\n' "$kept"
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
