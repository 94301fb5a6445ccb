# Runs a command that sees nothing of the state but the folder of its job: isolated.sh STATE JOB KEPT COMMAND…
# KEPT is another folder in the state that stays, or empty. It runs as the first process in a namespace of
# processes and of mounts, so what the command leaves running ends with it.
state=$1 job=$2 kept=$3
shift 3
fail() {
  echo "mlops: the view of a job could not be made" >&2
  exit 125
}
here=$(pwd -P) || fail
exec 3<"$job" || fail
[ -z "$kept" ] || exec 4<"$kept" || fail
mount -t tmpfs -o mode=755,size=64k none "$state" || fail
mkdir -p "$job" && mount --no-canonicalize --bind /proc/self/fd/3 "$job" || fail
if [ -n "$kept" ]; then
  mkdir -p "$kept" && mount --no-canonicalize --bind /proc/self/fd/4 "$kept" || fail
fi
exec 3<&- 4<&-
cd "$here" || fail # by its path: what lies above the folder it came with is the state
"$@"
exit $? # and not exec: the first process waits for those that lost their parent
