"""azure-storage-blob and azure-identity."""
import os
from datetime import datetime, timedelta, timezone

from azure.core.exceptions import HttpResponseError, ResourceExistsError, ResourceNotFoundError
from azure.identity import DefaultAzureCredential
from azure.storage.blob import BlobClient, BlobSasPermissions, BlobServiceClient, generate_blob_sas

account = os.environ["ACCOUNT"]
service = BlobServiceClient(f"https://{account}.blob.core.windows.net", credential=DefaultAzureCredential())
container = service.create_container("pythonblobs", metadata={"made": "here"})
assert container.get_container_properties().metadata == {"made": "here"}
try:
    service.create_container("pythonblobs")
    raise AssertionError("made twice")
except ResourceExistsError as e:
    assert e.error_code == "ContainerAlreadyExists", e

text = container.upload_blob("folder/text", b"first", metadata={"k": "v"})
etag = text.get_blob_properties().etag
container.upload_blob("folder/text", b"second", overwrite=True)
assert container.download_blob("folder/text").readall() == b"second"
try:
    text.upload_blob(b"third", overwrite=True, etag=etag, match_condition=__import__("azure.core").core.MatchConditions.IfNotModified)
    raise AssertionError("written over a change")
except HttpResponseError as e:
    assert e.error_code == "ConditionNotMet", e

big = os.urandom(20_000_000)
container.upload_blob("big", big, max_concurrency=4)
assert container.download_blob("big", max_concurrency=4).readall() == big
assert container.download_blob("big", offset=1_000_000, length=10).readall() == big[1_000_000:1_000_010]

container.get_blob_client("copy").start_copy_from_url(container.get_blob_client("big").url)
assert container.get_blob_client("copy").get_blob_properties().size == len(big)
log = container.get_blob_client("log")
log.create_append_blob()
for line in (b"one ", b"two"):
    log.append_block(line)
assert log.download_blob().readall() == b"one two"

now = datetime.now(timezone.utc)
key = service.get_user_delegation_key(now - timedelta(minutes=5), now + timedelta(hours=1))
sas = generate_blob_sas(account, container.container_name, "big", user_delegation_key=key,
                        permission=BlobSasPermissions(read=True), expiry=now + timedelta(hours=1))
assert BlobClient.from_blob_url(container.get_blob_client("big").url + "?" + sas).get_blob_properties().size == len(big)

walked = [b.name for b in container.walk_blobs()]
assert walked == ["folder/", "big", "copy", "log"], walked
listed = [b.name for b in container.list_blobs(results_per_page=2)]
assert listed == ["big", "copy", "folder", "folder/text", "log"], listed
assert all(r.status_code == 202 for r in container.delete_blobs("big", "copy"))
try:
    container.download_blob("big")
    raise AssertionError("read after it was deleted")
except ResourceNotFoundError as e:
    assert e.error_code == "BlobNotFound", e
container.delete_container()
