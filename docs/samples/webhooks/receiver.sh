#!/usr/bin/env bash
# Receives one webhook of Switchyard from standard input, with Bash and OpenSSL. Something else listens and starts it for each
# connection: a systemd socket with Accept=yes and StandardInput=socket, or socat TCP-LISTEN:8080,bind=127.0.0.1,fork EXEC:./receiver.sh
set -feuo pipefail
: "${SWITCHYARD_WEBHOOK_SECRET:?whsec_…; several, separated by spaces, while one takes over from the other}"
: "${SEEN:=/var/lib/switchyard-webhooks}" # a folder of the ids that were dealt with; a timer may delete what is older than 30 days
readonly TOLERANCE_SECONDS=300 MOST_BYTES=1048576 REASONS=([200]=OK [204]='No Content' [400]='Bad Request' [401]=Unauthorized [405]='Method Not Allowed' [413]='Content Too Large' [500]='Internal Server Error')

work=$(mktemp -d)
answered=
answer() {
  answered=$1
  printf 'HTTP/1.1 %s %s\r\nConnection: close\r\n' "$1" "${REASONS[$1]}"
  [ "$1" = 204 ] && printf '\r\n' || printf 'Content-Length: 0\r\n\r\n'
  [ "$1" -lt 300 ] || printf '%s\n' "$2" >&2
  exit 0
}
# Whatever goes wrong unforeseen is told as a failure, so that the delivery comes again.
trap 'code=$?; rm -rf "$work"; [ -n "$answered" ] || printf "HTTP/1.1 500 Internal Server Error\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"; exit "$code"' EXIT

# What to do with an event, whose body is the file $2. It should take well under 15 s: put it in a queue, and work on it from there.
handle() {
  local type
  type=$(grep -o '"type":"[a-zA-Z0-9_.]*"' "$2" | head -n 1 | cut -d'"' -f4)
  printf '%s %s\n' "$type" "$1" >&2
}

# RFC 2104 by hand: as an argument of openssl the secret would stand in the list of processes.
pad() {
  local at byte text=
  for ((at = 0; at < 128; at += 2)); do
    printf -v byte '\\x%02x' $((16#${1:at:2} ^ $2))
    text+=$byte
  done
  printf "$text"
}
hmac() {
  local key
  printf -v key '%-128s' "$1"
  key=${key// /0}
  { pad "$key" 0x5c && { pad "$key" 0x36 && cat; } | openssl dgst -sha256 -binary; } | openssl dgst -sha256 -binary
}
# Both under a key that nobody knows, so that how long the comparison takes tells nothing of either.
same() { [ "$(printf %s "$1" | hmac "$blind" | base64)" = "$(printf %s "$2" | hmac "$blind" | base64)" ]; }

IFS=$' \r' read -r -t 10 method _ || exit 0
declare -A headers=()
while IFS= read -r -t 10 line && line=${line%$'\r'} && [ -n "$line" ]; do
  [ "${#headers[@]}" -lt 100 ] || answer 400 'too many headers'
  name=${line%%:*} value=${line#*:} value=${value# }
  [[ $name =~ ^[A-Za-z0-9-]+$ ]] && headers[${name,,}]=$value
done
[ "$method" = POST ] || answer 405 "$method"

id=${headers[webhook-id]-} sent=${headers[webhook-timestamp]-} signatures=${headers[webhook-signature]-} length=${headers[content-length]-}
[[ $length =~ ^[0-9]{1,9}$ ]] || answer 400 'no Content-Length'
[ "$length" -le "$MOST_BYTES" ] || answer 413 "$length bytes"
[[ $id =~ ^[A-Za-z0-9][A-Za-z0-9_.-]{0,199}$ && $sent =~ ^[1-9][0-9]{0,11}$ && ${#signatures} -le 1000 ]] || answer 401 'a header is missing or no header of ours'
age=$(($(date +%s) - sent))
[ "${age#-}" -le "$TOLERANCE_SECONDS" ] || answer 401 'not sent just now'

# The body as it arrived, byte for byte: in a file, since a variable cannot hold every byte.
timeout 10 head -c "$length" >"$work/body" || answer 400 'the body did not come'
[ "$(stat -c %s "$work/body")" = "$length" ] || answer 400 'the body is cut off'
blind=$(openssl rand -hex 32)
trusted=
for secret in $SWITCHYARD_WEBHOOK_SECRET; do
  key=$(printf %s "${secret#whsec_}" | base64 -d | od -An -vtx1 | tr -d ' \n')
  expected=v1,$({ printf '%s.%s.' "$id" "$sent" && cat "$work/body"; } | hmac "$key" | base64)
  for given in $signatures; do if same "$given" "$expected"; then trusted=yes; fi; done
done
[ -n "$trusted" ] || answer 401 'no signature fits: another secret, or a changed body'

# The same delivery may come more than once: any 2xx says that it need not come again. mkdir succeeds for one of two at a time.
mkdir "$SEEN/$id" 2>/dev/null || { [ -d "$SEEN/$id" ] && answer 200 ''; }
if handle "$id" "$work/body"; then answer 204 ''; fi
rmdir "$SEEN/$id" # not dealt with, so not seen: the next attempt is another chance
answer 500 'could not be dealt with'
