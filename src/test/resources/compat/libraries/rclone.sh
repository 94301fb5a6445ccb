#!/bin/bash
# rclone, logged in as the service principal that `local exec` names.
set -euo pipefail
printf '{"appId": "%s", "password": "%s", "tenant": "%s"}' "$AZURE_CLIENT_ID" "$AZURE_CLIENT_SECRET" "$AZURE_TENANT_ID" \
  >"$OUT/principal.json"
export RCLONE_CONFIG=/dev/null RCLONE_CONFIG_AZURE_TYPE=azureblob RCLONE_CONFIG_AZURE_ACCOUNT=$ACCOUNT \
  RCLONE_CONFIG_AZURE_SERVICE_PRINCIPAL_FILE=$OUT/principal.json
mkdir -p "$OUT/up/folder"
echo one >"$OUT/up/one"
echo two >"$OUT/up/folder/two"
head -c 30000000 /dev/urandom >"$OUT/up/big"

rclone mkdir azure:rclone
rclone copy "$OUT/up" azure:rclone/up
rclone check "$OUT/up" azure:rclone/up --download
[ "$(rclone lsf -R --files-only azure:rclone/up | sort | xargs)" = "big folder/two one" ]
rm "$OUT/up/big"
echo three >"$OUT/up/folder/two"
rclone sync "$OUT/up" azure:rclone/up
rclone sync azure:rclone/up "$OUT/down"
diff -r "$OUT/up" "$OUT/down"
echo piped | rclone rcat azure:rclone/piped
[ "$(rclone cat azure:rclone/piped)" = piped ]
rclone moveto azure:rclone/piped azure:rclone/moved
[ "$(rclone lsf azure:rclone | sort | xargs)" = "moved up/" ]
rclone purge azure:rclone
! rclone lsd azure: | grep -q rclone
