package mlops.steps.share;

import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.ListBlobsOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mlops.azure.ml.Registry;
import mlops.error.MlopsException;

/** The files of a version in a registry, read by its signature. */
record RegistryFiles(Registry.Bytes place) {

  /** Puts all of them into a folder, and says which. */
  List<Path> download(Path folder) {
    String path = place.path();
    String prefix = path.isEmpty() || path.endsWith("/") ? path : path + "/";
    List<Path> files = new ArrayList<>();
    for (BlobItem item :
        place.container().listBlobs(new ListBlobsOptions().setPrefix(path), null)) {
      String name = item.getName();
      if (name.equals(path)) { // a model of one file
        files.add(download(name, folder, name.substring(name.lastIndexOf('/') + 1)));
      } else if (name.startsWith(prefix)) { // and no neighbour whose name begins alike
        files.add(download(name, folder, name.substring(prefix.length())));
      }
    }
    return files;
  }

  private Path download(String blob, Path folder, String name) {
    Path file = folder.resolve(name).normalize();
    if (!file.startsWith(folder)) {
      throw MlopsException.refused(
          "UnsafePath",
          "the registry has a file that would lie outside %s: %s".formatted(folder, name),
          "mlops does not share such files. Share the model as another version.");
    }
    try {
      Files.createDirectories(file.resolveSibling(""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    place.container().getBlobClient(blob).downloadToFile(file.toString());
    return file;
  }
}
