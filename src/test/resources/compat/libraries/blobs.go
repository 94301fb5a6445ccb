// The Azure SDK for Go.
package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"log"
	"os"
	"strings"

	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/bloberror"
)

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func check(right bool, what string) {
	if !right {
		log.Fatal("not so: ", what)
	}
}

func main() {
	ctx := context.Background()
	credential, err := azidentity.NewDefaultAzureCredential(nil)
	must(err)
	client, err := azblob.NewClient("https://"+os.Getenv("ACCOUNT")+".blob.core.windows.net", credential, nil)
	must(err)
	_, err = client.CreateContainer(ctx, "golang", nil)
	must(err)
	_, err = client.CreateContainer(ctx, "golang", nil)
	check(bloberror.HasCode(err, bloberror.ContainerAlreadyExists), "a container is not made twice")

	big := make([]byte, 20_000_000)
	_, err = rand.Read(big)
	must(err)
	_, err = client.UploadBuffer(ctx, "golang", "folder/big", big, &azblob.UploadBufferOptions{BlockSize: 4_000_000, Concurrency: 4})
	must(err)
	read := make([]byte, len(big))
	_, err = client.DownloadBuffer(ctx, "golang", "folder/big", read, nil)
	must(err)
	check(bytes.Equal(big, read), "what is read is what was written")
	_, err = client.UploadStream(ctx, "golang", "text", strings.NewReader("hello"), nil)
	must(err)

	var names []string
	for pager := client.NewListBlobsFlatPager("golang", nil); pager.More(); {
		page, err := pager.NextPage(ctx)
		must(err)
		for _, blob := range page.Segment.BlobItems {
			names = append(names, *blob.Name)
		}
	}
	check(strings.Join(names, " ") == "folder folder/big text", strings.Join(names, " "))
	_, err = client.DeleteBlob(ctx, "golang", "text", nil)
	must(err)
	_, err = client.DownloadStream(ctx, "golang", "text", nil)
	check(bloberror.HasCode(err, bloberror.BlobNotFound), "a deleted blob is not found")
	_, err = client.DeleteContainer(ctx, "golang", nil)
	must(err)
}
