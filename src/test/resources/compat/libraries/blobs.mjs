// The Azure SDK for JavaScript.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { DefaultAzureCredential } from "@azure/identity";
import { BlobServiceClient } from "@azure/storage-blob";

const account = process.env.ACCOUNT;
const service = new BlobServiceClient(`https://${account}.blob.core.windows.net`, new DefaultAzureCredential());
const container = service.getContainerClient("javascript");
await container.create({ metadata: { made: "here" } });
assert.deepEqual((await container.getProperties()).metadata, { made: "here" });

const text = container.getBlockBlobClient("folder/text");
await text.upload("hello", 5, { blobHTTPHeaders: { blobContentType: "text/plain" } });
assert.equal((await text.downloadToBuffer()).toString(), "hello");
assert.equal((await text.getProperties()).contentType, "text/plain");
await assert.rejects(text.upload("again", 5, { conditions: { ifNoneMatch: "*" } }), { code: "BlobAlreadyExists" });

const big = randomBytes(20_000_000);
await container.getBlockBlobClient("big").uploadData(big, { blockSize: 4_000_000, concurrency: 4 });
assert.ok((await container.getBlobClient("big").downloadToBuffer(0, undefined, { concurrency: 4 })).equals(big));
await (await container.getBlobClient("copy").beginCopyFromURL(container.getBlobClient("big").url)).pollUntilDone();

const names = [];
for await (const blob of container.listBlobsFlat()) names.push(blob.name);
assert.deepEqual(names, ["big", "copy", "folder", "folder/text"]);
await container.deleteBlob("copy");
assert.equal(await container.getBlobClient("copy").exists(), false);
await container.delete();
