package mlops.cli.local;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.Callable;
import mlops.cli.session.JsonDocument;
import mlops.cli.session.RootCommand;
import mlops.cli.terminal.Console;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.arm.type.StorageAccounts;
import mlops.emulator.blob.published.PublicData;
import mlops.emulator.blob.published.PublicData.Laid;
import mlops.emulator.blob.published.PublicUrl;
import mlops.emulator.run.data.ContentTypes;
import mlops.error.MlopsException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mlops local data}. */
@Command(
    name = "data",
    description = "Lays public data for its URL, where jobs find it instead of in the Internet.",
    synopsisSubcommandLabel = "[COMMAND]")
final class LocalDataCommand implements Callable<Integer> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.systemDefault());

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    return list();
  }

  @Command(description = "Copies a file, or a folder with all below it, to a URL.")
  int add(
      @Parameters(
              paramLabel = "URL",
              description =
                  "Such as https://ACCOUNT.blob.core.windows.net/CONTAINER/PATH, or https://HOST/FILE.")
          String url,
      @Parameters(paramLabel = "FILE|FOLDER", description = "What lies there.") Path source) {
    PublicUrl place = place(url);
    boolean folder = Files.isDirectory(source);
    if (!folder && !Files.isRegularFile(source)) {
      throw MlopsException.invalid(
          source + " is no file and no folder", "Download it first, then name it here.");
    }
    if (!folder && place.path().isEmpty()) {
      throw MlopsException.invalid(
          place + " is a whole container, and " + source + " one file",
          "Add the name of the file to the URL, or name a folder.");
    }
    EmbeddedAzure azure = azure();
    if (StorageAccounts.names(azure.state()).find(place.account()).isPresent()) {
      throw MlopsException.invalid(
          "The storage account %s is one of the local Azure itself".formatted(place.account()),
          "Upload to it, as with: mlops local exec -- az storage blob upload");
    }
    try {
      Laid laid = new PublicData(azure.state(), azure.blobs()).lay(place, source, ContentTypes::of);
      return print("data add", List.of(laid));
    } catch (IOException e) {
      throw MlopsException.failed(
          "NotLaid", "%s cannot be laid: %s".formatted(source, e.getMessage()), "Nothing changed.");
    }
  }

  @Command(description = "Lists what is laid.")
  int list() {
    LocalAzure local = LocalAzure.of(RootCommand.of(spec));
    LocalStateFolder.require(local.folder());
    if (!local.exists()) {
      return print("data list", List.of()); // to look makes nothing
    }
    EmbeddedAzure azure = local.open();
    return print("data list", new PublicData(azure.state(), azure.blobs()).list());
  }

  @Command(description = "Removes what is laid for a URL, and below it.")
  int remove(@Parameters(paramLabel = "URL", description = "As it was laid.") String url) {
    PublicUrl place = place(url);
    EmbeddedAzure azure = azure();
    if (!new PublicData(azure.state(), azure.blobs()).remove(place)) {
      throw MlopsException.invalid(
          "Nothing is laid for " + place, "`mlops local data list` shows what is.");
    }
    RootCommand mlops = RootCommand.of(spec);
    Console console = mlops.environment().console();
    if (mlops.options().json()) {
      JsonDocument document = new JsonDocument("local data remove", mlops.options());
      document.result().put("removed", place.toString());
      document.print(console);
    } else {
      console.out().println("removed " + place);
      console.out().flush();
    }
    return 0;
  }

  private EmbeddedAzure azure() {
    return LocalAzure.of(RootCommand.of(spec)).open();
  }

  private static PublicUrl place(String url) {
    return PublicUrl.of(url)
        .orElseThrow(
            () ->
                MlopsException.invalid(
                    "'%s' is no URL that public data has".formatted(url),
                    "Those are https://ACCOUNT.blob.core.windows.net/CONTAINER/PATH, wasbs:// and abfss:// of the same, and https://HOST/FILE."));
  }

  private int print(String command, List<Laid> all) {
    RootCommand mlops = RootCommand.of(spec);
    Console console = mlops.environment().console();
    if (mlops.options().json()) {
      JsonDocument document = new JsonDocument("local " + command, mlops.options());
      ArrayNode data = document.result().putArray("data");
      all.forEach(laid -> json(data.addObject(), laid));
      document.print(console);
      return 0;
    }
    for (Laid laid : all) {
      console
          .out()
          .println(
              "%5d %-5s %9s  laid %s  %s%s"
                  .formatted(
                      laid.files(),
                      laid.files() == 1 ? "file" : "files",
                      size(laid.bytes()),
                      TIME.format(laid.since()),
                      laid.url(),
                      laid.whole() ? "" : " (interrupted: add it again)"));
    }
    if (all.isEmpty()) {
      console.out().println("Nothing is laid: mlops local data add URL FILE");
    }
    console.out().flush();
    return 0;
  }

  private static void json(ObjectNode json, Laid laid) {
    json.put("url", laid.url().toString()).put("files", laid.files()).put("bytes", laid.bytes());
    json.put("since", laid.since().toString()).put("whole", laid.whole());
  }

  private static String size(long bytes) {
    return bytes < 1_000_000 ? "%,d B".formatted(bytes) : "%,d MB".formatted(bytes / 1_000_000);
  }
}
