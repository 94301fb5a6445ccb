#!/bin/bash
# The guide's commands, in its order and words, for the suffix "demo": az by the real az, az ml by the real azure-ai-ml.
# Where the guide leaves a workspace to `az configure`, it is named here.
source "$(dirname "$0")/clients.sh"

AZURE_CONFIG_DIR=$OUT/principal keep login az login --service-principal -u "$AZURE_CLIENT_ID" -p "$AZURE_CLIENT_SECRET" \
  --tenant "$AZURE_TENANT_ID"
keep login-user az login --use-device-code
subscription=$(az account show --query id -o tsv)
keep group az group create -l eastus2 -n rg-demo-mlops-demo
az group create -l eastus2 -n rg-demo-mlops-storage-demo >/dev/null
keep account az storage account create --name stgaccmlops2demodemo --resource-group rg-demo-mlops-storage-demo \
  --location eastus2 --sku Standard_ZRS --kind StorageV2 --enable-hierarchical-namespace true
keep identity az identity create -n mlopsuidemodemo --query id -o tsv -g rg-demo-mlops-demo
id=$(cat "$OUT/identity")

for environment in "01 dev Dev" "02 test Test" "03 prod Prod"; do
  read -r number stage title <<<"$environment"
  keep "workspace-$stage" az ml workspace create --name "ml-mlopsdemo-demo-$number" --location eastus2 \
    --display-name "$title Workspace"
done
for environment in "01 dev" "02 test" "03 prod"; do
  read -r number stage <<<"$environment"
  keep "compute-$stage" az ml compute create -f "./compute/compute$stage.yml" \
    --workspace-name "ml-mlopsdemo-demo-$number" --identity-type user_assigned --user-assigned-identities "$id"
done

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
  keep "blobs-$stage" az storage blob list -c "mlopsdemo$stage" --account-name stgaccmlops2demodemo --auth-mode login
done

for title in Dev Test Prod; do
  stage=${title,}
  az ad app create --display-name "gitApp${stage}demo" >/dev/null
  keep "app-$stage" az ad app list --display-name "gitApp${stage}demo" --query '[*].appId' -o tsv
  keep "object-$stage" az ad app list --display-name "gitApp${stage}demo" --query '[*].id' -o tsv
  keep "principal-$stage" az ad sp create --id "$(cat "$OUT/app-$stage")"
  keep "principal-id-$stage" az ad sp show --id "$(cat "$OUT/app-$stage")" --query id -o tsv
  keep "role-$stage" az role assignment create --role contributor --subscription "$subscription" \
    --assignee-object-id "$(cat "$OUT/principal-id-$stage")" --assignee-principal-type ServicePrincipal \
    --scope "/subscriptions/$subscription/resourceGroups/rg-demo-mlops-demo"
  keep "credential-$stage" az rest --method POST \
    --uri "https://graph.microsoft.com/beta/applications/$(cat "$OUT/object-$stage")/federatedIdentityCredentials" \
    --body "{'name':'GitHub${title}Deploy','issuer':'https://token.actions.githubusercontent.com','subject':'repo:jlobrant/mlopsdemov2:environment:$title','description':'$title Environment','audiences':['api://AzureADTokenExchange']}"
done
keep roles az role assignment list --scope "$storageId"

# Debian's azure-ai-ml is too old to know that the pipeline names its output: the model is registered by hand.
keep environment-dev az ml environment create --file ./dev/train-env.yml --workspace-name ml-mlopsdemo-demo-01
keep job az ml job create --file ./dev/pipeline.yml --workspace-name ml-mlopsdemo-demo-01
job=$(tr -d '"' <"$OUT/job")
az ml job stream --name "$job" --workspace-name ml-mlopsdemo-demo-01
keep job-status az ml job show --name "$job" --workspace-name ml-mlopsdemo-demo-01
az ml job download --name "$job" --output-name score_report --download-path "$OUT" \
  --workspace-name ml-mlopsdemo-demo-01
az ml model create --name taxi-model-mlops-demo --version 1 --path "azureml://jobs/$job/outputs/registered_model" \
  --workspace-name ml-mlopsdemo-demo-01
for environment in "02 test taxifare-b-mldemo-t-demo" "03 prod taxifare-b-mldemo-p-demo"; do
  read -r number stage endpoint <<<"$environment"
  workspace=ml-mlopsdemo-demo-$number
  store=azureml://datastores/mlopsdemo${stage}cointainer/paths
  az ml environment create --file "./$stage/$stage-env.yml" --workspace-name "$workspace"
  az ml datastore create --file "./$stage/data-store.yml" --set account_name=stgaccmlops2demodemo \
    --workspace-name "$workspace"
  az ml data create -f "./$stage/file-data-asset.yml" --workspace-name "$workspace"
  az ml model download --name taxi-model-mlops-demo --version 1 --download-path ./model \
    --workspace-name ml-mlopsdemo-demo-01
  keep "model-$stage" az ml model create --name "taxi-$stage-model-mlops-demo" --version 1 \
    --path ./model/taxi-model-mlops-demo --workspace-name "$workspace"
  keep "endpoint-$stage" az ml batch-endpoint create --file "./$stage/batch-endpoint-$stage.yml" \
    --set "name=$endpoint" --workspace-name "$workspace"
  keep "deployment-$stage" az ml batch-deployment create --file "./$stage/batch-deployment-$stage.yml" \
    --set "endpoint_name=$endpoint" --workspace-name "$workspace"
  keep "score-$stage" az ml batch-endpoint invoke --name "$endpoint" --deployment-name "batch-dp-mlopsdemo-$stage" \
    --input-type uri_file --input "$store/taxibatch/taxi-batch.csv" --output-path "$store/taxioutput" \
    --workspace-name "$workspace"
  az ml job stream --name "$(tr -d '"' <"$OUT/score-$stage")" --workspace-name "$workspace"
  keep "jobs-$stage" az ml batch-endpoint list-jobs --name "$endpoint" --workspace-name "$workspace"
  az storage blob download -c "mlopsdemo$stage" --account-name stgaccmlops2demodemo -n taxioutput/predictions.csv \
    -f "$OUT/predictions-$stage.csv" --auth-mode login --no-progress >/dev/null
done
