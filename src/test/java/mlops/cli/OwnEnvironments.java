package mlops.cli;

import java.util.List;

/** Gives a copy of the sample other environments than its dev, test and prod. */
final class OwnEnvironments {

  /** Writes them into the profile of a site, with the files that a target needs. */
  static void write(Site site, String training, String... targets) {
    String profile = site.read("mlops.yml");
    String dev = section(profile, "dev");
    String test = section(profile, "test");
    StringBuilder environments =
        new StringBuilder(dev.replace("  dev:\n", "  " + training + ":\n"));
    for (String target : targets) {
      for (String file :
          List.of(
              "data-store.yml",
              "file-data-asset.yml",
              "batch-endpoint-test.yml",
              "batch-deployment-test.yml",
              "test-env.yml")) {
        site.write(target + "/" + file, named(site.read("test/" + file), target));
      }
      site.write(
          "compute/compute" + target + ".yml", named(site.read("compute/computetest.yml"), target));
      environments.append(named(test, target));
    }
    int start = profile.indexOf("  dev:\n");
    int end = profile.indexOf("\n# What a model must reach");
    site.write("mlops.yml", profile.substring(0, start) + environments + profile.substring(end));
  }

  /** The lines of an environment, with those between it and the next. */
  private static String section(String profile, String name) {
    int start = profile.indexOf("  %s:\n".formatted(name));
    return profile.substring(start, profile.indexOf("\n\n", start) + 1);
  }

  private static String named(String text, String target) {
    return text.replace("  test:\n", "  %s:\n".formatted(target))
        .replace("test/", target + "/")
        .replace("computetest", "compute" + target)
        .replace("mlopsdemotest", "mlopsdemo" + target)
        .replace("mlopsdemo-cluster-test", "cluster-" + target)
        .replace("taxi-test-", "taxi-%s-".formatted(target))
        .replace("batch-dp-mlopsdemo-test", "batch-dp-mlopsdemo-" + target)
        .replace("ml-mlopsdemo-{suffix}-02", "ml-mlopsdemo-" + target)
        .replace("taxifare-b-mldemo-t-", "taxifare-b-%s-".formatted(target));
  }

  private OwnEnvironments() {}
}
