package mlops.assets;

/** The kinds of jobs that Azure ML has and mlops does not build. */
final class JobTypes {
  static final Choice OTHER =
      Choice.same(
          "sweep",
          "parallel",
          "spark",
          "automl",
          "import",
          "data_transfer",
          "finetuning",
          "distillation",
          "do_while",
          "if_else",
          "parallel_for");

  private JobTypes() {}
}
