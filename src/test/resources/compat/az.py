"""Runs the real az again and again, each time in a process of its own that has the heaviest modules loaded already:
to load them takes a second, and the guide has a hundred commands.

A line of standard input is the words that follow `az`; what the command prints is in $OUT/az.out when its exit code
comes on standard output. Errors go to standard error.
"""
import importlib
import os
import runpy
import shlex
import sys

LOADED = """
azure.cli.core azure.cli.core.commands azure.cli.core.profiles azure.cli.core.auth.msal_authentication
azure.cli.core.azclierror azure.cli.telemetry azure.common azure.profiles azure.mgmt.core.polling.arm_polling
azure.mgmt.core.policies jmespath msal msrest.serialization requests
azure.cli.command_modules.identity azure.cli.command_modules.keyvault azure.cli.command_modules.profile
azure.cli.command_modules.resource azure.cli.command_modules.role azure.cli.command_modules.storage
azure.mgmt.authorization azure.mgmt.msi azure.mgmt.resource.resources azure.mgmt.storage
azure.multiapi.storagev2.blob.v2021_08_06
"""


def become(words):
    """This process, a fork, is az from here on."""
    null, out = os.open(os.devnull, os.O_RDONLY), os.open(f"{os.environ['OUT']}/az.out", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(null, 0)
    os.dup2(out, 1)
    sys.stdin, sys.stdout = open(0), open(1, "w")
    sys.argv = [os.environ["AZ"], *words]
    sys.orig_argv = [sys.executable, *sys.argv]
    if os.environ["AZ"] == "/usr/bin/az":  # Debian's, in which role commands want a change that looks at argv
        importlib.reload(sys.modules["sitecustomize"])
        runpy.run_path("/usr/bin/az", run_name="__main__")
    else:
        os.environ["AZ_INSTALLER"] = "PIP"
        runpy.run_module("azure.cli", run_name="__main__", alter_sys=True)


for name in LOADED.split():
    try:
        importlib.import_module(name)
    except ImportError:
        pass  # another az has other modules
for line in iter(sys.stdin.buffer.raw.readline, b""):
    pid = os.fork()
    if pid == 0:
        become(shlex.split(line.decode()))
        sys.exit()
    print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
