package mlops.assets.job;

import mlops.assets.field.EnumMapping;

/** The kinds of jobs that Azure ML has and mlops does not build. */
public final class UnsupportedJobTypes {
  public static final EnumMapping OTHER =
      EnumMapping.same(
          "automl",
          "import",
          "data_transfer",
          "finetuning",
          "distillation",
          "do_while",
          "if_else",
          "parallel_for");

  private UnsupportedJobTypes() {}
}
