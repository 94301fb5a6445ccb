#!/bin/bash
# What people do by hand to what `mlops bootstrap` has made.
source "$(dirname "$0")/clients.sh"

account=$(az storage account show --name stgaccmlops2demodemo --query id -o tsv)
az storage account update --name stgaccmlops2demodemo -g rg-demo-mlops-storage-demo --allow-blob-public-access true >/dev/null
az storage container delete -n mlopsdemodev --account-name stgaccmlops2demodemo --auth-mode login >/dev/null
az role assignment delete --scope "$account" --role 'Storage Blob Data Owner' \
  --assignee "$(az identity show -n mlopsuidemodemo -g rg-demo-mlops-demo --query principalId -o tsv)"
az role assignment create --role Reader --scope "$account" --assignee-principal-type User \
  --assignee-object-id "$(az ad signed-in-user show --query id -o tsv 2>/dev/null || echo 22222222-2222-2222-2222-222222222222)" >/dev/null
az ml compute delete --name mlopsdemo-cluster-dev --workspace-name ml-mlopsdemo-demo-01
az keyvault delete --name "$(az keyvault list -g rg-demo-mlops-demo --query '[0].name' -o tsv)"
