package mlops.features.join;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import mlops.features.table.SourceTable;
import mlops.features.table.TableFile;
import mlops.file.OutputFile;

/**
 * What is to be joined.
 *
 * @param timestampColumn the column of the observations that says when each was made
 * @param features in the order in which they come out, behind the columns of the observations
 * @param format of what is written
 */
public record JoinRequest(
    TableFile observations,
    String timestampColumn,
    List<RequestedFeature> features,
    Options options,
    OutputFile out,
    TableFile.Format format) {

  public JoinRequest {
    features = List.copyOf(features);
  }

  /**
   * How it is joined.
   *
   * @param lastOfTies whether, of rows of one key and time with different values, the last in the
   *     file is taken; else they end the join
   * @param asKnown whether a row counts only from its {@code create_timestamp} on
   * @param zone in which times without an offset are read
   * @param withTimes whether what was found of each set stands behind the features: {@code event0},
   *     {@code created0} and {@code tie0} for the first of them, and so on
   */
  public record Options(boolean lastOfTies, boolean asKnown, ZoneId zone, boolean withTimes) {
    public Options(boolean lastOfTies, boolean asKnown, ZoneId zone) {
      this(lastOfTies, asKnown, zone, false);
    }
  }

  /** A feature of a set. */
  public record RequestedFeature(SourceTable source, String name) {}

  /** Each set once. */
  List<SourceTable> sources() {
    return features.stream().map(RequestedFeature::source).distinct().toList();
  }

  /** The names of the features of one set, in the order asked. */
  List<String> of(SourceTable source) {
    return features.stream()
        .filter(f -> f.source().equals(source))
        .map(RequestedFeature::name)
        .collect(Collectors.toCollection(ArrayList::new));
  }

  /** The place of a set among them all. */
  int number(SourceTable source) {
    return sources().indexOf(Objects.requireNonNull(source));
  }
}
