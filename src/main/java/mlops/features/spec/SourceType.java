package mlops.features.spec;

/** The types of sources that Azure knows. */
public enum SourceType {
  PARQUET("parquet"),
  CSV("csv"),
  MLTABLE("mltable"),
  DELTA_TABLE("deltaTable"),
  FEATURESET("featureset"),
  CUSTOM("custom");

  /** As Azure's files write it. */
  public final String word;

  SourceType(String word) {
    this.word = word;
  }

  /** Whether the join reads it; the others need Spark. */
  public boolean isFile() {
    return this == PARQUET || this == CSV;
  }
}
