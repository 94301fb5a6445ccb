package mlops.steps.features;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import mlops.plan.Change;
import mlops.plan.Step;
import mlops.plan.StepMessages;

/**
 * The container of a feature store: its values, unless its file names another offline store, and
 * the sources that are files here.
 */
final class StoreContainerStep implements Step {
  static final String API = "2023-05-01";

  private final StorePlace place;

  StoreContainerStep(StorePlace place) {
    this.place = place;
  }

  @Override
  public String describe() {
    return "container %s in %s".formatted(place.container(), place.account());
  }

  @Override
  public Change check() {
    return place.hasContainer() ? Change.none() : Change.create("does not exist");
  }

  @Override
  public void apply(StepMessages messages) {
    place
        .azure()
        .arm()
        .createOrUpdate(place.containerId(), API, JsonNodeFactory.instance.objectNode());
  }
}
