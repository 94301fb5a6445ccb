package mlops.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import mlops.Golden;
import mlops.emulator.blob.StorageSamples;
import mlops.openapi.DocumentedOperation;
import mlops.operations.OperationProbe.Answer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of operations is true: all are asked for. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OperationsTest {
  private static final Path PAGE = Path.of("docs", "operations.md");
  private static final Set<String> OF_STORAGE = StorageSamples.operations();

  @TempDir Path folder;

  @Test
  void each_is_done_or_501_by_name_for_a_reason_that_the_page_tells() throws IOException {
    OperationProbe probe = OperationProbe.in(folder);
    OperationReasons reasons = OperationReasons.read();
    OperationsPage page = new OperationsPage();
    List<String> wrong = new ArrayList<>();
    for (DocumentedService service : DocumentedService.all()) {
      List<OperationsPage.Row> rows = new ArrayList<>();
      for (DocumentedOperation operation : service.operations()) {
        Optional<String> reason = Optional.empty();
        Answer answer = probe.ask(operation);
        if (isDone(operation, answer)) {
          // a sample of storage is sent by DocumentedParametersTest
          check(answer.status() != 501 || isStorage(operation), operation, answer, wrong);
        } else {
          check(answer.isRefusedByName(), operation, answer, wrong);
          reason = reasons.of(service.name(), operation.id());
          if (reason.isEmpty()) {
            wrong.add(
                "%s has no %s of %s"
                    .formatted(OperationReasons.FILE, operation.id(), service.name()));
          }
        }
        rows.add(new OperationsPage.Row(operation, reason));
      }
      page.add(service.name(), rows);
    }
    reasons
        .unused()
        .forEach(
            name ->
                wrong.add(
                    "%s is no reason any more: take it out of %s"
                        .formatted(name, OperationReasons.FILE)));
    assertEquals(List.of(), wrong);
    Golden.check(PAGE, page.text());
  }

  private static boolean isDone(DocumentedOperation operation, Answer answer) {
    return isStorage(operation) ? OF_STORAGE.contains(operation.id()) : answer.isServed();
  }

  private static boolean isStorage(DocumentedOperation operation) {
    return operation.host().equals("blob") || operation.host().equals("dfs");
  }

  private static void check(
      boolean right, DocumentedOperation operation, Answer answer, List<String> wrong) {
    if (!right) {
      wrong.add(operation.id() + " is answered with " + answer);
    }
  }
}
