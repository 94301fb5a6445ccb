package mlops.emulator.github.workflow;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import mlops.emulator.github.account.Repository;
import mlops.emulator.github.actions.RunJob;
import mlops.emulator.github.actions.RunStep;
import mlops.emulator.github.actions.WorkflowRun;
import mlops.emulator.github.actions.WorkflowRuns;

/**
 * The logs of a run as GitHub packs them: {@code 0_job.txt} for each job, and {@code
 * job/1_step.txt} for each step, by whose number {@code gh run view --log} finds it.
 */
record LogArchive(WorkflowRuns runs, Repository repository) {
  private static final int LONGEST = 90;

  byte[] of(WorkflowRun run) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      int at = 0;
      for (RunJob job : run.jobs()) {
        Path log = runs.log(repository, run.number(), job.number());
        if (Files.exists(log)) {
          String name = name(job.name());
          add(zip, "%d_%s.txt".formatted(at++, name), log);
          for (RunStep step : job.steps()) {
            Path part = runs.log(repository, run.number(), job.number(), step.number());
            if (Files.exists(part)) {
              add(zip, "%s/%d_%s.txt".formatted(name, step.number(), name(step.name())), part);
            }
          }
        }
      }
    }
    return bytes.toByteArray();
  }

  private static void add(ZipOutputStream zip, String name, Path file) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    Files.copy(file, zip);
    zip.closeEntry();
  }

  /** Without what file names may not have, and cut as GitHub cuts it. */
  private static String name(String name) {
    String plain = name.replaceAll("[/:\\\\\\p{Cntrl}]", "");
    return plain.substring(0, Math.min(LONGEST, plain.length())).strip();
  }
}
