package mlops.cli.look;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mlops.cli.session.Session;
import mlops.error.MlopsException;
import mlops.explain.Explanation;
import mlops.explain.Explanations;
import mlops.profile.Profile;
import mlops.steps.look.JobList;
import mlops.steps.look.ResourceLookup;
import mlops.yaml.SpellingSuggestion;

/** Finds what Azure has: by the id of a step, by the name of a resource, by an ARM id. */
final class ResourceFinder {
  private static final Pattern BLOB =
      Pattern.compile("[A-Z]+ https://([^.{]+)\\.blob\\.core\\.windows\\.net/([^/{]+)/([^{]+)");
  private static final String JOBS_VERSION = "2026-05-01";

  private final Session session;
  private final Explanations explanations;
  private final ResourceLookup reader;

  ResourceFinder(Session session, Explanations explanations) {
    this.session = session;
    this.explanations = explanations;
    this.reader = new ResourceLookup(session.azure());
  }

  /**
   * What is there under a name.
   *
   * @throws MlopsException FAILED where Azure has nothing of it, INVALID where nobody knows the
   *     name
   */
  ShownThing find(String name) {
    if (name.startsWith("/")) {
      return byId(name);
    }
    Optional<Explanation> step = explanations.of(name);
    if (step.isPresent()) {
      return ofStep(name, step.get());
    }
    return named(name).or(() -> listed(name)).or(() -> job(name)).orElseThrow(() -> unknown(name));
  }

  private ShownThing byId(String id) {
    String type = StepAddress.type(id);
    String version =
        steps().values().stream()
            .filter(address -> StepAddress.type(address.path()).equalsIgnoreCase(type))
            .map(StepAddress::apiVersion)
            .findFirst()
            .or(() -> reader.apiVersion(type))
            .orElseThrow(
                () ->
                    MlopsException.invalid(
                        "Azure knows no type %s, which the id names".formatted(type),
                        "Copy the id from what mlops show prints of another resource."));
    return one(id, version, id);
  }

  private ShownThing ofStep(String id, Explanation step) {
    Optional<StepAddress> address = StepAddress.of(step.rest());
    Matcher blob = BLOB.matcher(step.rest());
    if (address.isPresent()) {
      return at(address.get(), id);
    } else if (blob.matches() && !blob.group(3).startsWith(".")) {
      return reader
          .blob(blob.group(1), blob.group(2), blob.group(3))
          .map(found -> new ShownThing(found.path("url").asText(), List.of(found), false))
          .orElseThrow(() -> missing(id));
    }
    throw MlopsException.invalid(
        "what step %s is about has no address that is known beforehand".formatted(id),
        "See for yourself: " + step.look());
  }

  private ShownThing at(StepAddress address, String name) {
    if (address.isWhole()) {
      return one(address.path(), address.apiVersion(), name);
    }
    List<ObjectNode> found = reader.all(address.path(), address.apiVersion());
    if (found.isEmpty()) {
      throw missing(name);
    }
    return new ShownThing(address.path(), found, true);
  }

  private ShownThing one(String id, String version, String name) {
    ObjectNode found = reader.one(id, version).orElseThrow(() -> missing(name));
    return new ShownThing(id, List.of(found), false);
  }

  /** By the name that a step gives to what it makes; the thing itself before a list of it. */
  private Optional<ShownThing> named(String name) {
    return Stream.of(true, false)
        .flatMap(whole -> steps().values().stream().filter(a -> a.isWhole() == whole))
        .filter(address -> address.name().equals(name))
        .findFirst()
        .map(address -> at(address, name));
  }

  private Optional<ShownThing> listed(String name) {
    return reader.inGroups(session.profile()).stream()
        .filter(one -> one.path("name").asText().equals(name))
        .findFirst()
        .map(one -> byId(one.path("id").asText()));
  }

  private Optional<ShownThing> job(String name) {
    JobList jobs = new JobList(session.azure(), session.profile());
    for (Profile.Environment environment : session.profile().environments()) {
      Optional<ShownThing> found =
          jobs.workspace(environment)
              .filter(workspace -> jobs.names(workspace).contains(name))
              .map(workspace -> one(workspace.id() + "/jobs/" + name, JOBS_VERSION, name));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** What the steps of the journey are about, by their ids, as far as it is in Resource Manager. */
  private Map<String, StepAddress> steps() {
    Map<String, StepAddress> addresses = new LinkedHashMap<>();
    for (String id : explanations.ids()) {
      explanations
          .of(id)
          .flatMap(step -> StepAddress.of(step.rest()))
          .ifPresent(address -> addresses.put(id, address));
    }
    return addresses;
  }

  private static MlopsException missing(String name) {
    return MlopsException.failed(
        "ResourceNotFound",
        "Azure has nothing of %s yet".formatted(name),
        "mlops guide says how far this Azure has come, and what makes the rest.");
  }

  private MlopsException unknown(String name) {
    List<String> names = new ArrayList<>(explanations.ids());
    steps().values().forEach(address -> names.add(address.name()));
    reader.inGroups(session.profile()).forEach(one -> names.add(one.path("name").asText()));
    return MlopsException.invalid(
        "nothing is called '%s': no step, no resource, no job".formatted(name),
        SpellingSuggestion.wayOut(
            name, names, "mlops explain lists the steps, mlops jobs the jobs."));
  }
}
