# Runs each line of the file $LINES as it stands: what --explain prints is to be pasted into a shell.
export LINES=$OUT/lines
. "$(dirname "${BASH_SOURCE[0]}")/clients.sh"

while IFS= read -r line <&7; do
  echo "$line"
  eval "$line" >"$OUT/last" || exit 1
done 7<"$LINES"
