package mlops.cli.rehearsal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import mlops.cli.session.JsonDocument;
import mlops.cli.session.Session;
import mlops.cli.terminal.Console;
import mlops.cli.terminal.Style;
import mlops.steps.github.live.ClaimDifference;
import mlops.steps.github.live.LiveReport;
import mlops.steps.github.live.StoredCredential;

/** The login of a job, for people and as a document. The token is in neither. */
record LiveReportView(LiveReport report, Instant now) {

  void print(Console console) {
    PrintWriter out = console.out();
    Style style = console.style();
    out.println(style.bold("GitHub says of this job"));
    report.claims().shown().forEach((name, value) -> out.printf("  %-21s %s%n", name, value));
    out.printf("  %-21s %s, in %d s%n", "exp", report.claims().expires(), left());
    out.println();
    out.println(style.bold("Azure"));
    report.stored().forEach(credential -> print(credential, out, style));
    report.unread().forEach(line -> out.println("  " + line));
    report
        .refusal()
        .filter(words -> !words.isEmpty())
        .ifPresent(words -> out.println("  Entra says: " + words));
    if (report.isIn()) {
      out.println(style.good("✓ ") + "Azure lets this job in as " + name());
    }
    report
        .finding()
        .ifPresent(
            f -> {
              out.println(style.bad("✗ ") + style.bold(f.cause()));
              out.println("  → " + f.mend());
            });
    out.flush();
  }

  private long left() {
    return Math.max(0, Duration.between(now, report.claims().expires()).toSeconds());
  }

  /** Those of other environments are for other subjects: that is as it should be. */
  private void print(StoredCredential credential, PrintWriter out, Style style) {
    boolean own = report.own().contains(credential);
    String head = "%s of %s".formatted(credential.name(), credential.application());
    if (credential.takesToken()) {
      out.println(style.good("✓ ") + head + " takes this token");
    } else if (own && report.taking().isEmpty()) {
      out.println(style.bad("✗ ") + head + " does not take it");
      for (ClaimDifference difference : credential.differences()) {
        difference.words().forEach(line -> out.println("    " + line));
      }
    } else {
      out.println("- " + head + " is for " + credential.subject());
    }
  }

  private String name() {
    List<StoredCredential> own = report.own();
    return own.isEmpty()
        ? report.client()
        : "%s (%s)".formatted(own.get(0).application(), report.client());
  }

  void print(Session session) {
    JsonDocument document = new JsonDocument(session.command(), session.options());
    document.profile(session.profile());
    ObjectNode result = document.result();
    ObjectNode claims = result.putObject("claims");
    report.claims().shown().forEach(claims::put);
    result.put("expires", report.claims().expires().toString());
    result.put("client", report.client()).put("letIn", report.isIn());
    result.put("refusal", report.refusal().filter(w -> !w.isEmpty()).orElse(null));
    ArrayNode credentials = result.putArray("credentials");
    report.stored().forEach(c -> fill(credentials.addObject(), c));
    result.put("cause", report.finding().map(LiveReport.Finding::cause).orElse(null));
    result.put("mend", report.finding().map(LiveReport.Finding::mend).orElse(null));
    report.unread().forEach(result.putArray("unread")::add);
    document.print(session.console());
  }

  private static void fill(ObjectNode json, StoredCredential credential) {
    json.put("application", credential.application())
        .put("client", credential.client())
        .put("name", credential.name())
        .put("subject", credential.subject())
        .put("takesToken", credential.takesToken());
    ArrayNode differences = json.putArray("differences");
    for (ClaimDifference difference : credential.differences()) {
      differences
          .addObject()
          .put("claim", difference.claim())
          .put("token", difference.token())
          .put("credential", difference.wanted())
          .put("at", difference.at());
    }
  }
}
