package mlops.portal.shown;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where a link leads: to a place in the same page, or to a page of the portal. */
public enum Links {
  IN_PAGE,
  PORTAL;

  public String section(Section section) {
    return this == IN_PAGE ? "#" + section.id() : "/" + section.id();
  }

  /** The details of a job. */
  public String job(String workspace, String job) {
    return place(Section.JOBS, workspace, job);
  }

  /** The files of a container. */
  public String container(String account, String container) {
    return place(Section.STORAGE, account, container);
  }

  /** Whether a text can be the name of a job: a tag, or an address, may say anything. */
  public static boolean isJob(String text) {
    return text.matches("[A-Za-z0-9][\\w.-]*");
  }

  /** A name within a page that no other place has. */
  public static String anchor(String... parts) {
    return Stream.of(parts)
        .map(part -> part.replaceAll("[^A-Za-z0-9-]", "_"))
        .collect(Collectors.joining("-"));
  }

  private String place(Section section, String first, String second) {
    return this == IN_PAGE
        ? "#" + anchor(section.id(), first, second)
        : "/%s/%s/%s".formatted(section.id(), encoded(first), encoded(second));
  }

  /** A text as a part of a path. */
  public static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
