# Runs a command that sees nothing of the state but the folder of its run: isolated.sh STATE CACHE ENVIRONMENT RUN COMMAND…
# CACHE is where Python environments are kept, and ENVIRONMENT the one of them that the command uses; either may be
# empty. The command reads its inputs and cannot write them; what it writes into its environment is its own. It runs as
# the first process in a namespace of processes and of mounts, so what it leaves running ends with it.
state=$1 cache=$2 environment=$3 run=$4
shift 4
fail() {
  echo "mlops: the view of a job could not be made" >&2
  exit 125
}
# What a mount was not allowed before it may not become: noexec stays.
protect() {
  mount --no-canonicalize --bind "$2" "$1" || fail
  mount -o remount,bind,ro,nosuid,nodev "$1" 2>/dev/null || mount -o remount,bind,ro,nosuid,nodev,noexec "$1" || fail
}
here=$(pwd -P) || fail
mkdir -p "$run/inputs" || fail
exec 3<"$run" 5<"$run/inputs" || fail
if [ -n "$cache" ]; then
  exec 4<"$cache" || fail
  protect "$cache" /proc/self/fd/4
fi
if [ -n "$environment" ]; then
  layer=$(mktemp -d "$run/layer-XXXXXX") && mkdir "$layer/new" "$layer/work" || fail
  exec 4<"$environment" 6<"$layer" || fail
  mount -t overlay -o lowerdir=/proc/self/fd/4,upperdir=/proc/self/fd/6/new,workdir=/proc/self/fd/6/work none "$environment" 2>/dev/null
  exec 4<"$environment" 6<&- || fail # where the kernel lays nothing over it, it stays protected
fi
mount -t tmpfs -o mode=755,size=64k none "$state" || fail
mkdir -p "$run" && mount --no-canonicalize --bind /proc/self/fd/3 "$run" || fail
protect "$run/inputs" /proc/self/fd/5
if [ -n "$environment" ] && [ ! -d "$environment" ]; then
  mkdir -p "$environment" && mount --no-canonicalize --bind /proc/self/fd/4 "$environment" || fail
fi
exec 3<&- 4<&- 5<&-
cd "$here" || fail # by its path: what lies above the folder it came with is the state
"$@"
exit $? # and not exec: the first process waits for those that lost their parent
