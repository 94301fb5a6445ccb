# What `mlops bootstrap` makes, by OpenTofu or Terraform: see ../terraform.md.
terraform {
  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = ">= 5.0"
    }
  }
}

provider "azurerm" {
  features {
    # A deleted workspace keeps its name for two weeks, on Azure and here.
    machine_learning {
      purge_soft_deleted_workspace_on_destroy = true
    }
  }
}

variable "suffix" {
  type    = string
  default = "demo"
}

variable "tags" {
  type    = map(string)
  default = {}
}

variable "max_nodes" {
  type    = map(number)
  default = { dev = 3, test = 3, prod = 4 }
}

locals {
  location = "eastus2"
  environments = {
    dev  = { workspace = "ml-mlopsdemo-${var.suffix}-01", name = "Dev Workspace" }
    test = { workspace = "ml-mlopsdemo-${var.suffix}-02", name = "Test Workspace" }
    prod = { workspace = "ml-mlopsdemo-${var.suffix}-03", name = "Prod Workspace" }
  }
  datastores = { for env in ["test", "prod"] : env => "mlopsdemo${env}cointainer" }
}

data "azurerm_client_config" "me" {}

resource "azurerm_resource_group" "ml" {
  name     = "rg-demo-mlops-${var.suffix}"
  location = local.location
  tags     = var.tags
}

resource "azurerm_resource_group" "storage" {
  name     = "rg-demo-mlops-storage-${var.suffix}"
  location = local.location
  tags     = var.tags
}

# The data: one account with a hierarchical namespace, a container for each environment.
resource "azurerm_storage_account" "data" {
  name                            = "stgaccmlops2demo${var.suffix}"
  resource_group_name             = azurerm_resource_group.storage.name
  location                        = local.location
  account_tier                    = "Standard"
  account_replication_type        = "ZRS"
  is_hns_enabled                  = true
  allow_nested_items_to_be_public = false
  tags                            = var.tags
}

resource "azurerm_storage_container" "data" {
  for_each           = local.environments
  name               = "mlopsdemo${each.key}"
  storage_account_id = azurerm_storage_account.data.id
}

# Who works: the identity of the clusters, which GitHub's workflows may use too.
resource "azurerm_user_assigned_identity" "compute" {
  name                = "mlopsuidemo${var.suffix}"
  resource_group_name = azurerm_resource_group.ml.name
  location            = local.location
  tags                = var.tags
}

resource "azurerm_federated_identity_credential" "github" {
  name                      = "github"
  user_assigned_identity_id = azurerm_user_assigned_identity.compute.id
  issuer                    = "https://token.actions.githubusercontent.com"
  audience                  = ["api://AzureADTokenExchange"]
  subject                   = "repo:example/mlops:environment:Dev"
}

resource "azurerm_role_assignment" "me" {
  scope                = azurerm_storage_account.data.id
  role_definition_name = "Storage Blob Data Owner"
  principal_id         = data.azurerm_client_config.me.object_id
}

resource "azurerm_role_assignment" "compute" {
  scope                = azurerm_storage_account.data.id
  role_definition_name = "Storage Blob Data Owner"
  principal_id         = azurerm_user_assigned_identity.compute.principal_id
  principal_type       = "ServicePrincipal"
}

resource "azurerm_role_assignment" "workspace" {
  for_each             = local.environments
  scope                = azurerm_storage_account.data.id
  role_definition_name = "Storage Blob Data Owner"
  principal_id         = azurerm_machine_learning_workspace.env[each.key].identity[0].principal_id
  principal_type       = "ServicePrincipal"
}

# What a workspace stands on.
resource "azurerm_storage_account" "workspace" {
  for_each                        = local.environments
  name                            = "stwsmlops${each.key}${var.suffix}"
  resource_group_name             = azurerm_resource_group.ml.name
  location                        = local.location
  account_tier                    = "Standard"
  account_replication_type        = "LRS"
  allow_nested_items_to_be_public = false
  tags                            = var.tags
}

resource "azurerm_key_vault" "workspace" {
  for_each                   = local.environments
  name                       = "kv-mlops-${each.key}-${var.suffix}"
  resource_group_name        = azurerm_resource_group.ml.name
  location                   = local.location
  tenant_id                  = data.azurerm_client_config.me.tenant_id
  sku_name                   = "standard"
  rbac_authorization_enabled = false
  soft_delete_retention_days = 7
  tags                       = var.tags
}

resource "azurerm_log_analytics_workspace" "logs" {
  name                = "log-mlops-${var.suffix}"
  resource_group_name = azurerm_resource_group.ml.name
  location            = local.location
  tags                = var.tags
}

resource "azurerm_application_insights" "workspace" {
  for_each            = local.environments
  name                = "appi-mlops-${each.key}-${var.suffix}"
  resource_group_name = azurerm_resource_group.ml.name
  location            = local.location
  application_type    = "web"
  workspace_id        = azurerm_log_analytics_workspace.logs.id
  tags                = var.tags
}

resource "azurerm_machine_learning_workspace" "env" {
  for_each                      = local.environments
  name                          = each.value.workspace
  friendly_name                 = each.value.name
  description                   = each.value.workspace
  resource_group_name           = azurerm_resource_group.ml.name
  location                      = local.location
  storage_account_id            = azurerm_storage_account.workspace[each.key].id
  key_vault_id                  = azurerm_key_vault.workspace[each.key].id
  application_insights_id       = azurerm_application_insights.workspace[each.key].id
  public_network_access_enabled = true
  tags                          = var.tags

  identity {
    type = "SystemAssigned"
  }
}

resource "azurerm_machine_learning_compute_cluster" "env" {
  for_each                      = local.environments
  name                          = "mlopsdemo-cluster-${each.key}"
  machine_learning_workspace_id = azurerm_machine_learning_workspace.env[each.key].id
  location                      = local.location
  vm_priority                   = "Dedicated"
  vm_size                       = "STANDARD_DS3_V2"
  local_auth_enabled            = false

  scale_settings {
    min_node_count                       = 0
    max_node_count                       = var.max_nodes[each.key]
    scale_down_nodes_after_idle_duration = "PT2M"
  }

  identity {
    type         = "UserAssigned"
    identity_ids = [azurerm_user_assigned_identity.compute.id]
  }
}

resource "azurerm_machine_learning_datastore_blobstorage" "env" {
  for_each             = local.datastores
  name                 = each.value
  workspace_id         = azurerm_machine_learning_workspace.env[each.key].id
  storage_container_id = azurerm_storage_container.data[each.key].id

  # No key: whoever reads or writes does so with a role of its own.
  service_data_auth_identity = "WorkspaceSystemAssignedIdentity"
}
