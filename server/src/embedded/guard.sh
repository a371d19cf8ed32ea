# Waits for the end of its input, which comes when the process that started it closes it or dies, whatever kills it. Then the
# postmaster that the pid file names gets SIGINT (fast shutdown: sessions end, all is written) or, for a cluster that is thrown
# away, SIGQUIT. One that does not stop in a minute gets SIGQUIT too; it recovers at its next start. A left-over file may name a
# stranger, hence the look at the name of the process.
# Arguments: folder of the cluster, signal, "keep" or "throwaway".
read -r _
file="$1/cluster/data/postmaster.pid"
pid=$(head -n 1 "$file" 2>/dev/null)
alive() {
  [ -n "$pid" ] && [ "$(head -n 1 "$file" 2>/dev/null)" = "$pid" ] || return 1
  # The command line of a dead process that nobody has fetched yet is empty.
  if [ -d /proc/self ]; then line=$(tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline"); else line=$(ps -o args= -p "$pid" 2>/dev/null); fi
  case "$line" in *postgres*) return 0 ;; *) return 1 ;; esac
}
wait_gone() {
  left=600
  while alive && [ "$left" -gt 0 ]; do sleep 0.1; left=$((left - 1)); done
}
if alive; then
  kill "-$2" "$pid"
  wait_gone
  if alive; then kill -QUIT "$pid"; fi
fi
if [ "$3" = throwaway ]; then
  wait_gone
  rm -rf -- "$1"
fi
