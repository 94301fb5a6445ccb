# Sourced by the scripts beside this file, which run under `mlops local exec`: az as users type it, with its commands
# noted in $OUT/commands. Each would take a second or more to start: az.py forks it from a process that has started, and
# what follows `az ml` goes to one process of ml.py. With AZ_ALONE each az starts by itself, in its own time.
set -euo pipefail
: "${AZ:=/usr/bin/az}" "${AZ_PYTHON:=/usr/bin/python3}" "${ML_PYTHON:=/usr/bin/python3}"
export AZ

here=$(dirname "${BASH_SOURCE[0]}")
config=$AZURE_CONFIG_DIR
rm -f "$OUT/az.codes"
mkfifo "$OUT/az.codes"
exec 5> >(exec "$AZ_PYTHON" "$here/az.py" >"$OUT/az.codes") 6<"$OUT/az.codes"
coproc AZ_ML { exec "$ML_PYTHON" "$ML" 5>&- 6<&-; }
exec 3<&"${AZ_ML[0]}" 4>&"${AZ_ML[1]}" # a subshell has no coprocess, but these

# Each call is noted with its exit code and its milliseconds in $OUT/calls.
az() {
  local code=0 start=${EPOCHREALTIME/./}
  printf 'az %s\n' "$*" >>"$OUT/commands"
  call "$@" || code=$?
  printf '%s\t%d\taz %s\n' "$code" $(((${EPOCHREALTIME/./} - start) / 1000)) "$*" >>"$OUT/calls"
  return "$code"
}

call() {
  local code answer
  if [ "$1" = ml ]; then
    shift
    { printf '%q ' "$@" && echo; } >&4
    read -r code answer <&3
    printf '%s\n' "$answer"
  elif [ "$AZURE_CONFIG_DIR" = "$config" ] && [ -z "${AZ_ALONE:-}" ]; then
    { printf '%q ' "$@" && echo; } >&5
    read -r code <&6
    cat "$OUT/az.out"
  else
    "$AZ" "$@"
    return
  fi
  return "$code"
}

# Keeps what a command prints as $OUT/NAME.
keep() {
  local name=$1
  shift
  "$@" >"$OUT/$name"
}
