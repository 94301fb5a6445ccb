#!/bin/bash
# Looks at what `mlops bootstrap` has made, and deletes a part of it. What a command prints is kept as $OUT/NAME.
set -euo pipefail

account=$(az storage account show --name stgaccmlops2demodemo --query id -o tsv)
az group list --query '[].name' -o tsv >"$OUT/groups"
az resource list -g rg-demo-mlops-demo --resource-type Microsoft.MachineLearningServices/workspaces \
  --query '[].name' -o tsv >"$OUT/workspaces"
az storage account show --name stgaccmlops2demodemo -g rg-demo-mlops-storage-demo >"$OUT/account"
az role assignment list --scope "$account" >"$OUT/roles"
az storage blob list -c mlopsdemotest --account-name stgaccmlops2demodemo --auth-mode login --query '[].name' -o tsv \
  >"$OUT/blobs"
az group delete -n rg-demo-mlops-storage-demo --yes
az group list --query '[].name' -o tsv >"$OUT/groups-after"
