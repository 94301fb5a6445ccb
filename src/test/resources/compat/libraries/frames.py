"""pandas, which reaches storage by adlfs."""
import os

import adlfs
import pandas as pd

account = os.environ["ACCOUNT"]
options = {"account_name": account, "anon": False}
store = adlfs.AzureBlobFileSystem(**options)
store.mkdir("frames")
frame = pd.DataFrame({"trip": [1, 2, 3], "fare": [4.5, 6.25, 8.0]})

frame.to_csv(f"abfss://frames@{account}.dfs.core.windows.net/trips/all.csv", index=False, storage_options={"anon": False})
assert pd.read_csv("abfs://frames/trips/all.csv", storage_options=options).equals(frame)
frame.to_parquet("abfs://frames/trips/all.parquet", storage_options=options)
assert pd.read_parquet("abfs://frames/trips/all.parquet", storage_options=options).equals(frame)
frame.to_parquet("abfs://frames/parts", partition_cols=["trip"], storage_options=options)
assert pd.read_parquet("abfs://frames/parts", storage_options=options).fare.sum() == frame.fare.sum()

with store.open("frames/notes/one", "wb") as out:
    out.write(b"n" * 12_000_000)
assert store.size("frames/notes/one") == 12_000_000
store.copy("frames/notes/one", "frames/notes/two")
store.mv("frames/notes/two", "frames/notes/three")
assert store.find("frames/notes") == ["frames/notes/one", "frames/notes/three"]
assert store.glob("frames/trips/*.csv") == ["frames/trips/all.csv"]
store.rm("frames/notes", recursive=True)
assert not store.exists("frames/notes/one")
