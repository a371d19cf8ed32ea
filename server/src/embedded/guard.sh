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
  case "$(cat "/proc/$pid/comm" 2>/dev/null || ps -o comm= -p "$pid" 2>/dev/null)" in *postgres*) kill -0 "$pid" 2>/dev/null ;; *) return 1 ;; esac
}
if alive; then
  kill "-$2" "$pid"
  left=600
  while alive && [ "$left" -gt 0 ]; do sleep 0.1; left=$((left - 1)); done
  if alive; then kill -QUIT "$pid"; fi
fi
if [ "$3" = throwaway ]; then
  while alive; do sleep 0.1; done
  rm -rf -- "$1"
fi
