import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Figures of local serve beside those of Azurite, with and without TLS. */
final class ServeTable {
  static void loads(Map<String, Load> ours, Map<String, Load> plain, Map<String, Load> secure) {
    System.out.printf(
        "%n%-38s %36s   %36s   %36s   %s%n",
        "clients in the last column of names",
        "local serve (TLS)",
        "Azurite, plain HTTP",
        "Azurite, TLS",
        "ratios");
    String columns = "       /s   p50 ms   p99 ms  cpu µs";
    System.out.printf("%-38s %36s   %36s   %36s%n", "", columns, columns, columns);
    ours.forEach(
        (name, load) ->
            System.out.printf(
                Locale.ROOT,
                "%-38s %s   %s   %s   %s%n",
                name,
                cells(load),
                cells(plain.get(name)),
                cells(secure.get(name)),
                ratios(
                    load.perSecond(),
                    List.of(
                        Optional.ofNullable(plain.get(name)),
                        Optional.ofNullable(secure.get(name))))));
  }

  private static String cells(Load load) {
    return load == null
        ? "%36s".formatted("")
        : String.format(
            Locale.ROOT,
            "%,9.0f %8.2f %8.2f %8.0f",
            load.perSecond(),
            load.p50(),
            load.p99(),
            load.cpuMicros());
  }

  private static String ratios(double ours, List<Optional<Load>> theirs) {
    StringBuilder text = new StringBuilder();
    for (Optional<Load> other : theirs) {
      other.ifPresent(o -> text.append(String.format(Locale.ROOT, "%6.1fx", ours / o.perSecond())));
    }
    return text.toString();
  }

  static void transfers(Map<String, Rate> ours, Map<String, Rate> plain, Map<String, Rate> secure) {
    System.out.printf(
        "%n%-38s %24s   %24s   %24s   %s%n",
        "one large blob", "local serve (TLS)", "Azurite, plain HTTP", "Azurite, TLS", "ratios");
    String columns = "MB/s  cpu s/GiB";
    System.out.printf("%-38s %24s   %24s   %24s%n", "", columns, columns, columns);
    ours.forEach(
        (name, rate) -> {
          StringBuilder ratios = new StringBuilder();
          for (Map<String, Rate> other : List.of(plain, secure)) {
            Optional.ofNullable(other.get(name))
                .ifPresent(
                    their ->
                        ratios.append(
                            String.format(
                                Locale.ROOT, "%6.1fx", rate.perSecond() / their.perSecond())));
          }
          System.out.printf(
              "%-38s %s   %s   %s   %s%n",
              name, cells(rate), cells(plain.get(name)), cells(secure.get(name)), ratios);
        });
  }

  private static String cells(Rate rate) {
    return rate == null
        ? "%24s".formatted("")
        : String.format(Locale.ROOT, "%,13.0f %10.1f", rate.perSecond(), rate.cpu());
  }

  private ServeTable() {}
}
