#!/bin/sh
# Prepares this host as a route server of Switchyard: BIRD, a user with one key, and the one program that the key may run.
# Run it as root, on Debian 12 or later. It may be run again.
set -eu
user=${SY_USER:-switchyard}
group=${SY_GROUP:-bird}
home=${SY_HOME:-/var/lib/switchyard}
lib=${SY_LIB:-/usr/local/lib/switchyard}
base=${SY_BASE:-/etc/bird/switchyard}
conf=${SY_CONF:-/etc/bird/bird.conf}
socket=${SY_SOCKET:-/run/bird/bird.ctl}
umask 022

if ! command -v bird >/dev/null || ! command -v sshd >/dev/null; then
  apt-get update -q
  DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends bird2 openssh-server
fi
if ! id "$user" >/dev/null 2>&1; then
  useradd --system --gid "$group" --home-dir "$home" --no-create-home --shell /bin/sh "$user"
  # Without a password, and not locked either: its key is all that opens it.
  usermod -p '*' "$user"
fi

# What the key may do and to whom it belongs is root's to say.
install -d -m 755 "$lib" "$home" "$home/.ssh"
cat >"$lib/switchyard-rs.new" <<'SWITCHYARD_RS'
@HELPER@SWITCHYARD_RS
chmod 755 "$lib/switchyard-rs.new"
mv "$lib/switchyard-rs.new" "$lib/switchyard-rs"
printf 'restrict,command="%s/switchyard-rs %s %s" %s\n' "$lib" "$base" "$socket" '@PUBLIC_KEY@' >"$home/.ssh/authorized_keys"
chmod 644 "$home/.ssh/authorized_keys"

install -d -o "$user" -g "$group" -m 2750 "$base" "$base/generations"
if [ ! -e "$base/current" ]; then
  # BIRD begins with nothing, and says so; its tables are sorted from the start, for they cannot become so later.
  install -d -o "$user" -g "$group" -m 2750 "$base/generations/0"
  printf 'define SY_GENERATION = 0;\nrouter id @ROUTER_ID@;\nipv4 table master4 sorted;\nipv6 table master6 sorted;\nprotocol device { }\n' >"$base/generations/0/main.conf"
  (cd "$base/generations/0" && sha256sum main.conf >manifest)
  ln -s generations/0 "$base/current"
  chown -h "$user:$group" "$base/current" "$base/generations/0/main.conf" "$base/generations/0/manifest"
fi
line="include \"$base/current/main.conf\";"
if [ "$(cat "$conf" 2>/dev/null)" != "$line" ]; then
  if [ -e "$conf" ]; then cp -p "$conf" "$conf.before-switchyard"; fi
  printf '%s\n' "$line" >"$conf"
fi
bird -p -c "$conf"
if [ -d /run/systemd/system ] && [ "$conf" = /etc/bird/bird.conf ]; then
  systemctl enable --now bird ssh
  birdc configure
fi
echo "Ready. The key of this host, to compare with the one that was recorded:"
ssh-keygen -l -f "${SY_HOST_KEY:-/etc/ssh/ssh_host_ed25519_key.pub}"
