"""azure-storage-file-datalake and azure-identity."""
import os

from azure.core.exceptions import ResourceNotFoundError
from azure.identity import DefaultAzureCredential
from azure.storage.filedatalake import DataLakeServiceClient

account = os.environ["ACCOUNT"]
lake = DataLakeServiceClient(f"https://{account}.dfs.core.windows.net", credential=DefaultAzureCredential())
files = lake.create_file_system("pythonlake")
folder = files.create_directory("a/b", metadata={"kind": "folder"})
assert folder.get_directory_properties().metadata["kind"] == "folder"

file = folder.create_file("written")
file.append_data(b"one ", 0, 4)
file.append_data(b"two", 4, 3)
file.flush_data(7)
assert file.download_file().readall() == b"one two"
folder.get_file_client("at-once").upload_data(b"x" * 9_000_000, overwrite=True)
assert folder.get_file_client("at-once").get_file_properties().size == 9_000_000

moved = folder.rename_directory("pythonlake/a/c")
assert moved.get_file_client("written").download_file().readall() == b"one two"
assert [(p.name, p.is_directory) for p in files.get_paths("a", recursive=True)] == [
    ("a/c", True), ("a/c/at-once", False), ("a/c/written", False)]
access = moved.get_access_control()
assert access["permissions"].startswith("rwx"), access
files.delete_directory("a")
try:
    file.get_file_properties()
    raise AssertionError("there after its folder was deleted")
except ResourceNotFoundError:
    pass
files.delete_file_system()
