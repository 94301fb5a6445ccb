#!/bin/bash
# Deletes all that `mlops bootstrap` has made.
source "$(dirname "$0")/clients.sh"

az group delete -n rg-demo-mlops-storage-demo --yes
az group delete -n rg-demo-mlops-demo --yes
keep groups-after az group list --query '[].name' -o tsv
keep resources-after az resource list --query '[].id' -o tsv

# A deleted vault keeps its name until it is purged, as in Azure.
for vault in $(az keyvault list-deleted --resource-type vault --query '[].name' -o tsv); do
  az keyvault purge --name "$vault"
done
keep vaults-after az keyvault list-deleted --resource-type vault --query '[].name' -o tsv
