package mlops.emulator.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the runner costs: the time of jobs that do nothing, and of a pipeline of 50 of them beside a
 * shell loop of the same commands.
 */
final class JobsBench {
  private static final int JOBS = 50;

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("jobs-bench");
    try (Rig rig = new Rig(folder)) {
      for (int i = 0; i < 5; i++) {
        single(rig, "warm-" + i);
      }
      long start = System.nanoTime();
      for (int i = 0; i < JOBS; i++) {
        single(rig, "single-" + i);
      }
      double single = millis(start) / JOBS;
      double pipeline = pipeline(rig);
      double loop = loop();
      System.out.printf("one command job, again and again  %8.1f ms each (target: under 150)%n", single);
      System.out.printf("pipeline of %d jobs               %8.1f ms each, %.0f ms in all%n", JOBS, pipeline / JOBS, pipeline);
      System.out.printf("bare shell loop of %d             %8.1f ms each, %.0f ms in all%n", JOBS, loop / JOBS, loop);
      System.out.printf("overhead of the runner            %8.1f ms a job, %.0f times the loop%n", (pipeline - loop) / JOBS, pipeline / loop);
    } finally {
      JobFolder.delete(folder);
    }
  }

  private static void single(Rig rig, String name) {
    rig.run(name, "jobType: Command\ncomputeId: cpu\ncommand: 'true'\n");
  }

  private static double pipeline(Rig rig) {
    StringBuilder jobs = new StringBuilder("jobType: Pipeline\nsettings: {default_compute: cpu}\njobs:\n");
    for (int i = 0; i < JOBS; i++) {
      jobs.append("  job%d: {component: {is_deterministic: false, command: 'true'}}\n".formatted(i));
    }
    long start = System.nanoTime();
    rig.run("pipeline", jobs.toString());
    return millis(start);
  }

  private static double loop() throws IOException, InterruptedException {
    long start = System.nanoTime();
    String loop = "for i in $(seq %d); do bash -c true; done".formatted(JOBS);
    new ProcessBuilder("bash", "-c", loop).inheritIO().start().waitFor();
    return millis(start);
  }

  private static double millis(long start) {
    return (System.nanoTime() - start) / 1e6;
  }

  private JobsBench() {}
}
