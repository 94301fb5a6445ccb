# Sourced by the scripts beside this file, which run under `mlops local exec`: az as users type it, with its commands
# noted in $OUT/commands. What follows `az ml` goes to one process of ml.py, for each would take seconds to start.
set -euo pipefail

coproc AZ_ML { exec /usr/bin/python3 "$ML"; }
exec 3<&"${AZ_ML[0]}" 4>&"${AZ_ML[1]}" # a subshell has no coprocess, but these

az() {
  local code answer
  printf 'az %s\n' "$*" >>"$OUT/commands"
  if [ "$1" != ml ]; then
    command az "$@"
    return
  fi
  shift
  { printf '%q ' "$@" && echo; } >&4
  read -r code answer <&3
  printf '%s\n' "$answer"
  return "$code"
}

# Keeps what a command prints as $OUT/NAME.
keep() {
  local name=$1
  shift
  "$@" >"$OUT/$name"
}
