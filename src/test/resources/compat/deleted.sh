#!/bin/bash
# Deletes all that `mlops bootstrap` has made.
source "$(dirname "$0")/clients.sh"

az group delete -n rg-demo-mlops-storage-demo --yes
az group delete -n rg-demo-mlops-demo --yes
keep groups-after az group list --query '[].name' -o tsv
keep resources-after az resource list --query '[].id' -o tsv
