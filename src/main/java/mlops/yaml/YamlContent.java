package mlops.yaml;

import java.util.List;
import java.util.Map;

/** What a node holds. */
sealed interface YamlContent {

  /** In the words of an error message. */
  String words();

  /** A key with the place where it stands, and its value. */
  record Entry(FilePosition key, YamlNode value) {}

  record Mapping(Map<String, Entry> entries) implements YamlContent {
    @Override
    public String words() {
      return "a map";
    }
  }

  record Sequence(List<YamlNode> items) implements YamlContent {
    @Override
    public String words() {
      return "a list";
    }
  }

  /** A value as it is written, and what YAML takes it for. */
  record Scalar(String text, Type type) implements YamlContent {
    @Override
    public String words() {
      return switch (type) {
        case NULL -> "nothing";
        case TEXT -> "the text \"" + shortened() + "\"";
        case DATE -> "the date " + shortened();
        case FLAG, INTEGER, NUMBER -> shortened();
      };
    }

    private String shortened() {
      String line = text.replace("\n", "\\n");
      return line.length() > 40 ? line.substring(0, 37) + "…" : line;
    }
  }

  /** The types of values that are not maps or lists. */
  enum Type {
    NULL,
    TEXT,
    FLAG,
    INTEGER,
    NUMBER,
    DATE
  }
}
