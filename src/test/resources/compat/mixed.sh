#!/bin/bash
# Lists and shows what `mlops bootstrap` has made, then deletes it: thing by thing where that says more, then all of it.
source "$(dirname "$0")/clients.sh"

account=$(az storage account show --name stgaccmlops2demodemo --query id -o tsv)
keep groups az group list --query '[].name' -o tsv
keep workspaces az ml workspace list
keep compute az ml compute show --name mlopsdemo-cluster-dev --workspace-name ml-mlopsdemo-demo-01
keep account az storage account show --name stgaccmlops2demodemo -g rg-demo-mlops-storage-demo
keep identities az identity list -g rg-demo-mlops-demo --query '[].name' -o tsv
keep roles az role assignment list --scope "$account"
keep containers az storage container list --account-name stgaccmlops2demodemo --auth-mode login --query '[].name' -o tsv
keep blobs az storage blob list -c mlopsdemotest --account-name stgaccmlops2demodemo --auth-mode login \
  --query '[].name' -o tsv
keep listed az resource list --query '[].id' -o tsv
xargs "$AZ" resource show --query '[].id' -o tsv --ids <"$OUT/listed" >"$OUT/shown"

template='{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0", /* as people write them */ "resources": [{"type": "Microsoft.ManagedIdentity/userAssignedIdentities",
  "apiVersion": "2023-01-31", "name": "mlopsuidemodemo", "location": "[resourceGroup().location]", "tags": {"asked": "for"}}]}'
echo "$template" >"$OUT/template.json"
keep what-if az deployment group what-if -g rg-demo-mlops-demo -f "$OUT/template.json" --no-pretty-print

az storage blob delete -c mlopsdemotest --account-name stgaccmlops2demodemo -n taxibatch/taxi-batch.csv \
  --auth-mode login
az storage container delete -n mlopsdemodev --account-name stgaccmlops2demodemo --auth-mode login >/dev/null
az role assignment delete --ids "$(az role assignment list --scope "$account" --query '[0].id' -o tsv)"
az ml compute delete --name mlopsdemo-cluster-dev --workspace-name ml-mlopsdemo-demo-01
az identity delete -n mlopsuidemodemo -g rg-demo-mlops-demo
