# Shared by the commands in this folder: sourced, never run. Callers have set -euo pipefail.
# shellcheck shell=bash

ROOT=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
COMMAND=${0##*/}
# The tools' own Node (24), from the lock file; npm itself runs on whatever Node it came with.
# shellcheck disable=SC2034
NODE=$ROOT/node_modules/.bin/node
# Clones of the project share compiled objects.
export CCACHE_BASEDIR=$ROOT CCACHE_NOHASHDIR=1

say() { printf '%s\n' "$*"; }
fail() {
  printf '%s: %s\n' "$COMMAND" "$*" >&2
  exit 1
}

# The comment block at the top of the calling script is its help.
show_help() { sed -n '2,/^[^#]/{s/^# \{0,1\}//p}' "$0"; }

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  else
    sudo -n "$@" || fail "needs root for: $* (run it as root, or allow sudo without a password)"
  fi
}

# logged LABEL LOG COMMAND...: runs the command with its output in LOG, says every 20 s that it still runs and what its
# last line was, and shows the end of LOG when it fails.
logged() {
  local label=$1 log=$2 pid started code=0
  shift 2
  mkdir -p "$(dirname "$log")"
  say "$label"
  started=$SECONDS
  "$@" >"$log" 2>&1 </dev/null &
  pid=$!
  local next=20
  while kill -0 "$pid" 2>/dev/null; do
    if [ $((SECONDS - started)) -ge "$next" ]; then
      say "  … $((SECONDS - started)) s: $(tail -n 1 "$log" | tr '\r' '\n' | tail -n 1 | cut -c1-100)"
      next=$((next + 20))
    fi
    sleep 0.1
  done
  wait "$pid" || code=$?
  [ "$code" -eq 0 ] && return 0
  # The cause of a failed build often stands at the top of its last part.
  [ "$(wc -l <"$log")" -le 50 ] || head -n 10 "$log" >&2
  tail -n 40 "$log" >&2
  printf '%s: "%s" failed with exit code %s; all of its output: %s\n' "$COMMAND" "$label" "$code" "$log" >&2
  return "$code"
}

# preset_ok NAME: one of CMakePresets.json.
preset_ok() {
  case $1 in
    release | debug | asan | tsan) return 0 ;;
    *) fail "unknown preset \"$1\": release, debug, asan or tsan" ;;
  esac
}
