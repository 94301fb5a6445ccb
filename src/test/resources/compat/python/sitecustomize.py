"""Debian's `az role` asks the operations of the ARM client for an attribute that they no longer have."""
import sys

if "role" in sys.orig_argv:
    from azure.mgmt.authorization.v2018_01_01_preview.operations import RoleDefinitionsOperations
    from azure.mgmt.authorization.v2020_04_01_preview.operations import RoleAssignmentsOperations

    for operations in (RoleAssignmentsOperations, RoleDefinitionsOperations):
        operations.config = property(lambda self: self._config)
