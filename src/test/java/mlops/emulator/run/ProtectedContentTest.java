package mlops.emulator.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import mlops.emulator.run.data.BlobLocation;
import mlops.emulator.run.data.JobStorage;
import mlops.emulator.run.data.Staging;
import mlops.emulator.run.process.Machine;
import mlops.emulator.run.record.JobPrincipal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is stored keeps its bytes, whatever a job does to the files that it is given. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ProtectedContentTest {
  private static final String DATA = "data/one.csv";
  private static final String CHANGE =
      """
      f="$1"; d=$(dirname "$f")
      echo other > "$f"; chmod u+w "$f" "$d"; printf EVIL | dd of="$f" conv=notrunc bs=1
      truncate -s 1 "$f"; rm -f "$f"; mv "$f" gone; ln "$f" mine && echo mine > mine
      umount "$d" "$d/.."; mount -o remount,rw "$d/.."
      unshare --user --map-root-user --mount sh -c "mount -o remount,bind,rw '$d/..'; umount '$d/..'; echo x > '$f'"
      python3 -c 'import os,sys; os.chmod(sys.argv[1], 0o600); os.ftruncate(os.open(sys.argv[1], os.O_RDWR), 1)' "$f"
      """;

  @TempDir Path folder;
  private Rig rig;

  @BeforeEach
  void open() {
    rig = new Rig(folder);
    rig.blob(Rig.ACCOUNT, Rig.BLOBSTORE, DATA, "a,b\n1,2\n");
    rig.blob(
        Rig.ACCOUNT, Rig.BLOBSTORE, "change/change.sh", CHANGE + "echo changes are tried; true\n");
    rig.state.write(
        Rig.WORKSPACE + "/codes/change/versions/1",
        Rig.tree(
            "properties: {codeUri: 'https://%s.blob.core.windows.net/%s/change'}"
                .formatted(Rig.ACCOUNT, Rig.BLOBSTORE)));
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private static String input(String mode) {
    return """
    codeId: %s/codes/change/versions/1
    inputs:
      one: {jobInputType: uri_file, mode: %s, uri: azureml://datastores/workspaceblobstore/paths/%s}
    """
        .formatted(Rig.WORKSPACE, mode, DATA);
  }

  @Test
  void an_input_keeps_its_bytes_whatever_its_job_tries() {
    ObjectNode run =
        rig.run("evil", JobText.command("bash change.sh ${{inputs.one}}", input("ReadOnlyMount")));
    assertEquals("Completed", run.path("status").asText(), run::toPrettyString);
    assertTrue(rig.log(run).endsWith("changes are tried\n"), rig.log(run));
    assertEquals("a,b\n1,2\n", rig.text(DATA));
  }

  @Test
  void a_download_is_the_jobs_own_to_write_to() {
    ObjectNode run =
        rig.run(
            "own",
            JobText.command(
                "printf own > ${{inputs.one}} && cat ${{inputs.one}} && touch $(dirname ${{inputs.one}})/new",
                input("Download")));
    assertEquals("Completed", run.path("status").asText(), run::toPrettyString);
    assertTrue(rig.log(run).endsWith("own"), rig.log(run));
    assertEquals("a,b\n1,2\n", rig.text(DATA));
  }

  @Test
  void another_child_of_a_pipeline_reaches_the_input_no_more_than_its_own_job() {
    ObjectNode run =
        rig.run(
            "pipe",
            """
            jobType: Pipeline
            settings: {default_compute: cpu}
            jobs:
              reader:
                command: "for i in $(seq 50); do sleep 0.1; done; cat ${{inputs.one}}"
                inputs: {one: {type: uri_file, path: azureml://datastores/workspaceblobstore/paths/data/one.csv}}
              writer:
                command: "for i in $(seq 20); do for f in $(ls ../../*/inputs/one/* 2> /dev/null); do chmod u+w $f; echo EVIL > $f; done; sleep 0.1; done; true"
            """);
    assertEquals("Completed", run.path("status").asText(), run::toPrettyString);
    assertEquals("a,b\n1,2\n", rig.text(DATA));
  }

  @Test
  void the_model_and_the_files_of_batch_scoring_keep_their_bytes() {
    rig.model("m", "word.txt", "says");
    rig.blob(Rig.ACCOUNT, Rig.BLOBSTORE, "in/a.txt", "scored");
    rig.score(
        "batch",
        """
        import os
        def change(f):
            for step in (lambda: os.chmod(f, 0o600), lambda: open(f, "w").write("EVIL")):
                try: step()
                except OSError as e: print(e)
        def init():
            change(os.path.join(os.environ["AZUREML_MODEL_DIR"], "model", "word.txt"))
        def run(files):
            for f in files: change(f)
            return list(files)
        """,
        "{}");
    assertEquals("Completed", rig.await("batch").path("status").asText());
    assertEquals("says", rig.text("models/m/model/word.txt"));
    assertEquals("scored", rig.text("in/a.txt"));
  }

  @Test
  void an_output_that_has_another_name_is_copied() throws IOException {
    Path mine = Files.writeString(folder.resolve("mine.txt"), "first");
    ObjectNode run =
        rig.run(
            "linked",
            JobText.command(
                "ln -s '%s' ${{outputs.o}}/a; echo b > ${{outputs.o}}/b; ln ${{outputs.o}}/b ${{outputs.o}}/c"
                    .formatted(mine),
                "outputs: {o: {jobOutputType: uri_folder}}"));
    assertEquals("Completed", run.path("status").asText(), run::toPrettyString);
    Files.writeString(mine, "other");
    assertEquals("first", rig.output(run, "o", "a"));
    assertEquals("b\n", rig.output(run, "o", "b"));
    assertEquals("b\n", rig.output(run, "o", "c"));
  }

  @Test
  void what_a_job_installs_is_gone_for_the_next() throws IOException {
    assumeTrue(machine().isolates(), "jobs are not isolated here");
    String look = "python -c 'import evil; print(evil.__file__)' || echo nothing there";
    ObjectNode first =
        rig.run(
            "installs",
            JobText.command(
                "p=$(python -c 'import sysconfig; print(sysconfig.get_path(\"purelib\"))'); echo 'x = 1' > $p/evil.py || echo refused\n"
                    + look,
                ""));
    assertEquals("Completed", first.path("status").asText(), first::toPrettyString);
    assertTrue(rig.log(first).contains("evil.py"), rig.log(first));
    ObjectNode next = rig.run("next", JobText.command(look, ""));
    assertTrue(rig.log(next).endsWith("nothing there\n"), rig.log(next));
  }

  @Test
  void without_isolation_data_is_copied() throws IOException {
    Machine bare = new Machine(List.of(), Optional.empty(), List.of());
    Staging staging = new Staging(new JobStorage(rig.services), bare);
    String keyed = Rig.WORKSPACE + "/datastores/workspaceblobstore";
    BlobLocation place = new BlobLocation(Rig.ACCOUNT, Rig.BLOBSTORE, DATA, keyed);
    Path staged =
        staging.input(place, true, folder.resolve("staged"), new JobPrincipal("", "a test"));
    assertFalse(Files.isSameFile(staged, content()));
    assertTrue(staged.toFile().setWritable(true));
    Files.writeString(staged, "EVIL");
    assertEquals("a,b\n1,2\n", rig.text(DATA));
  }

  @Test
  void content_that_something_else_changed_is_told_and_never_given_to_a_job() throws IOException {
    FileTime before = Files.getLastModifiedTime(content());
    Files.writeString(content(), "a,b\n6,6\n");
    assertNotEquals(before, Files.getLastModifiedTime(content()));
    for (String mode : List.of("ReadOnlyMount", "Download")) {
      ObjectNode run = rig.run("reads" + mode, JobText.command("cat ${{inputs.one}}", input(mode)));
      assertEquals("Failed", run.path("status").asText(), run::toPrettyString);
      assertEquals("ScriptExecution.StreamAccess.Unexpected", run.at("/error/error/code").asText());
      assertTrue(run.at("/error/error/message").asText().contains(DATA), run::toPrettyString);
    }
  }

  @Test
  void a_content_that_only_looks_newer_is_still_what_it_was() throws IOException {
    Files.setLastModifiedTime(content(), FileTime.fromMillis(1_700_000_000_000L));
    ObjectNode run =
        rig.run("touched", JobText.command("cat ${{inputs.one}}", input("ReadOnlyMount")));
    assertTrue(rig.log(run).endsWith("a,b\n1,2\n"), rig.log(run));
  }

  private Path content() {
    return rig.blobs.find(Rig.ACCOUNT, Rig.BLOBSTORE, DATA).orElseThrow().bytes().file();
  }

  private Machine machine() throws IOException {
    Path some = Files.createDirectories(rig.state.folder().resolve(".jobs/some"));
    return Machine.probe(rig.state.folder().toRealPath(), some.toRealPath(), folder);
  }
}
