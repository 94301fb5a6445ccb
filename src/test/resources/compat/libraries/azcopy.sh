#!/bin/bash
# azcopy, which is named, logged in as the service principal that `local exec` names.
set -euo pipefail
export AZCOPY_AUTO_LOGIN_TYPE=SPN AZCOPY_SPA_APPLICATION_ID=$AZURE_CLIENT_ID AZCOPY_SPA_CLIENT_SECRET=$AZURE_CLIENT_SECRET \
  AZCOPY_TENANT_ID=$AZURE_TENANT_ID AZCOPY_LOG_LOCATION=$OUT/azcopy AZCOPY_JOB_PLAN_LOCATION=$OUT/azcopy
azcopy() { "$AZCOPY" "$@"; }
AZCOPY=$1
blob=https://$ACCOUNT.blob.core.windows.net lake=https://$ACCOUNT.dfs.core.windows.net
mkdir -p "$OUT/up/folder"
echo one >"$OUT/up/one"
echo two >"$OUT/up/folder/two"
head -c 30000000 /dev/urandom >"$OUT/up/big"

for at in "$blob/azcopyblob" "$lake/azcopylake"; do
  azcopy make "$at"
  azcopy copy "$OUT/up" "$at/to" --recursive --put-md5
  [ "$(azcopy list "$at/to" --running-tally | grep -c 'Content Length: [1-9]')" = 3 ]
  azcopy copy "$at/to/up/*" "$OUT/down" --recursive --check-md5 FailIfDifferentOrMissing
  diff -r "$OUT/up" "$OUT/down"
  rm -r "$OUT/down"
done

echo three >"$OUT/up/folder/two"
rm "$OUT/up/one"
azcopy sync "$OUT/up" "$blob/azcopyblob/to/up" --delete-destination true
mkdir "$OUT/synced"
azcopy sync "$blob/azcopyblob/to/up" "$OUT/synced"
diff -r "$OUT/up" "$OUT/synced"
azcopy copy "$blob/azcopyblob/to/up/big" "$blob/azcopyblob/copied"
azcopy remove "$lake/azcopyblob/to" --recursive # a folder with something in it cannot be deleted as a blob
[ "$(azcopy list "$blob/azcopyblob" | grep -c 'Content Length: [1-9]')" = 1 ]
