#!/bin/bash
# The guide's az commands, in its order and words, for the suffix "demo"; the applications of test and prod, which
# repeat that of dev, are left out. Runs under `mlops local exec`, in the folder of the samples; $ML is ml.py.
# What a command prints is kept as $OUT/NAME.
set -euo pipefail

keep() {
  local name=$1
  shift
  "$@" >"$OUT/$name"
}

subscription=$(az account show --query id -o tsv)
keep group az group create -l eastus2 -n rg-demo-mlops-demo
az group create -l eastus2 -n rg-demo-mlops-storage-demo >/dev/null
keep account az storage account create --name stgaccmlops2demodemo --resource-group rg-demo-mlops-storage-demo \
  --location eastus2 --sku Standard_ZRS --kind StorageV2 --enable-hierarchical-namespace true
keep identity az identity create -n mlopsuidemodemo --query id -o tsv -g rg-demo-mlops-demo
/usr/bin/python3 "$ML" workspaces "$(cat "$OUT/identity")" # az ml workspace create, az ml compute create

storageId=$(az storage account show --name stgaccmlops2demodemo --resource-group rg-demo-mlops-storage-demo \
  --query id -o tsv)
identityId=$(az identity show --name mlopsuidemodemo --resource-group rg-demo-mlops-demo --query principalId -o tsv)
keep role-identity az role assignment create --role "Storage Blob Data Owner" --assignee-object-id "$identityId" \
  --scope "$storageId"
for number in 01 02 03; do
  workspaceId=$(az resource list -n "ml-mlopsdemo-demo-$number" --resource-group rg-demo-mlops-demo \
    --query '[*].identity.principalId' --out tsv)
  az role assignment create --role "Storage Blob Data Owner" --assignee-object-id "$workspaceId" \
    --scope "$storageId" >/dev/null
done
keep user az ad signed-in-user show --query id -o tsv
keep role-user az role assignment create --role "Storage Blob Data Owner" --assignee-object-id "$(cat "$OUT/user")" \
  --scope "$storageId"

for stage in dev test prod; do
  keep "container-$stage" az storage container create --name "mlopsdemo$stage" --account-name stgaccmlops2demodemo \
    --resource-group rg-demo-mlops-storage-demo
done
for stage in test prod; do
  keep "upload-$stage" az storage blob upload -c "mlopsdemo$stage" --account-name stgaccmlops2demodemo \
    -f data/taxi-batch.csv -n taxibatch/taxi-batch.csv --auth-mode login --no-progress
  az storage blob upload -c "mlopsdemo$stage" --account-name stgaccmlops2demodemo -f data/taxi-request.json \
    -n taxioutput/taxi-request.json --no-progress >/dev/null
done
keep blobs az storage blob list -c mlopsdemotest --account-name stgaccmlops2demodemo --auth-mode login

az ad app create --display-name gitAppdevdemo >/dev/null
keep app az ad app list --display-name gitAppdevdemo --query '[*].appId' -o tsv
keep app-object az ad app list --display-name gitAppdevdemo --query '[*].id' -o tsv
keep principal az ad sp create --id "$(cat "$OUT/app")"
keep principal-id az ad sp show --id "$(cat "$OUT/app")" --query id -o tsv
keep role-app az role assignment create --role contributor --subscription "$subscription" \
  --assignee-object-id "$(cat "$OUT/principal-id")" --assignee-principal-type ServicePrincipal \
  --scope "/subscriptions/$subscription/resourceGroups/rg-demo-mlops-demo"
keep credential az rest --method POST \
  --uri "https://graph.microsoft.com/beta/applications/$(cat "$OUT/app-object")/federatedIdentityCredentials" \
  --body "{'name':'GitHubDevDeploy','issuer':'https://token.actions.githubusercontent.com','subject':'repo:jlobrant/mlopsdemov2:environment:Dev','description':'Dev Environment','audiences':['api://AzureADTokenExchange']}"
keep roles az role assignment list --scope "$storageId"
