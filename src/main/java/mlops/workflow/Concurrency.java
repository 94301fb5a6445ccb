package mlops.workflow;

import mlops.workflow.expression.ContextPlace;
import mlops.yaml.YamlNode;

/**
 * {@code concurrency}: which runs do not go on beside each other. It is checked and not kept, for
 * here one run goes on at a time.
 */
final class Concurrency {

  static void check(YamlNode map) {
    map.at("concurrency")
        .ifPresent(
            node -> {
              if (!node.isMap()) {
                ExpressionText.of(node, ContextPlace.JOB);
                return;
              }
              node.allow("group", "cancel-in-progress");
              node.required("group").ifPresent(g -> ExpressionText.of(g, ContextPlace.JOB));
              ExpressionText.at(node, "cancel-in-progress", ContextPlace.JOB);
            });
  }

  private Concurrency() {}
}
