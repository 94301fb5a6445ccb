"""deltalake, polars and obstore, all three of them Rust's object_store."""
import os

import deltalake
import obstore
import polars as pl
import pyarrow as pa
from azure.identity import DefaultAzureCredential
from azure.storage.blob import BlobServiceClient
from obstore.store import AzureStore

account = os.environ["ACCOUNT"]
credential = DefaultAzureCredential()
BlobServiceClient(f"https://{account}.blob.core.windows.net", credential=credential).create_container("tables")
token = {"azure_storage_account_name": account, "azure_storage_token": credential.get_token("https://storage.azure.com/.default").token}
secret = {"azure_storage_account_name": account} | {
    "azure_" + name: os.environ["AZURE_" + name.upper()] for name in ("client_id", "client_secret", "tenant_id")}

table = f"abfss://tables@{account}.dfs.core.windows.net/delta"
for options in (token, secret, token):
    version = deltalake.DeltaTable(table, storage_options=options).version() + 1 if deltalake.DeltaTable.is_deltatable(table, options) else 0
    deltalake.write_deltalake(table, pa.table({"version": [version]}), mode="append", storage_options=options)
    read = pl.read_delta(table, storage_options=options)
    assert sorted(read["version"]) == list(range(version + 1)), read
delta = deltalake.DeltaTable(table, storage_options=token)
assert delta.version() == 2
delta.delete("version = 1")
delta.optimize.compact()
assert sorted(pl.read_delta(table, storage_options=token)["version"]) == [0, 2]
assert pl.read_delta(table, version=0, storage_options=token).height == 1

frame = pl.DataFrame({"trip": range(1000), "fare": [1.5] * 1000})
frame.write_parquet("az://tables/trips/one.parquet", storage_options=token)
frame.write_parquet("az://tables/trips/two.parquet", storage_options=secret)
assert pl.scan_parquet("az://tables/trips/*.parquet", storage_options=token).select(pl.col("fare").sum()).collect().item() == 3000
frame.write_csv("az://tables/trips.csv", storage_options=token)
assert pl.read_csv("az://tables/trips.csv", storage_options=token).equals(frame)

store = AzureStore.from_url("az://tables", config=token)
obstore.put(store, "objects/big", b"b" * 12_000_000)
obstore.put(store, "objects/small", b"small")
assert bytes(obstore.get_range(store, "objects/small", start=1, end=3)) == b"ma"
obstore.copy(store, "objects/small", "objects/copied")
obstore.rename(store, "objects/copied", "objects/renamed")
try:
    obstore.put(store, "objects/small", b"again", mode="create")
    raise AssertionError("created twice")
except obstore.exceptions.AlreadyExistsError:
    pass
assert sorted(o["path"] for page in obstore.list(store, "objects") for o in page) == ["objects/big", "objects/renamed", "objects/small"]
obstore.delete(store, ["objects/big", "objects/renamed"])
assert sorted(o["path"] for page in obstore.list(store, "objects") for o in page) == ["objects/small"]
