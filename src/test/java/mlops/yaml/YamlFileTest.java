package mlops.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class YamlFileTest {
  private final Mistakes mistakes = new Mistakes();

  @TempDir Path folder;

  @Test
  void values_keep_their_place_and_type() {
    YamlNode root = parse("a: 1\nb:\n  c: [x, 2.5, yes, ~, '7', 0x1F, 010, 1_000]\n");
    assertEquals(Optional.of(1L), root.integer("a"));
    YamlNode list = root.map("b").orElseThrow().at("c").orElseThrow();
    assertEquals("f.yml:3:6", list.place().toString());
    assertEquals("b.c[1]", list.items().get(1).name());
    assertEquals("[\"x\",2.5,true,null,\"7\",31,8,1000]", list.json().toString());
    assertTrue(mistakes.isEmpty());
  }

  @Test
  void text_is_what_is_written() {
    YamlNode root = parse("a: 007\nb: 1.10\nc: no\nd: 2024-01-01\ne: 1:30\n");
    assertEquals(Optional.of("007"), root.text("a"));
    assertEquals(Optional.of("1.10"), root.text("b"));
    assertEquals(Optional.of("no"), root.text("c"));
    assertEquals("\"2024-01-01\"", root.at("d").orElseThrow().json().toString());
    assertEquals("90", root.at("e").orElseThrow().json().toString());
  }

  @Test
  void wrong_types_are_reported_together_with_their_places() {
    YamlNode root = parse("a: [1]\nb: x\nc: {}\nd: text\ne: 99999999999999999999\n");
    root.text("a");
    root.integer("b");
    root.list("c");
    root.flag("d");
    root.integer("e");
    root.number("d");
    root.required("f");
    assertEquals(
        List.of(
            "f.yml:1:1 the key f is missing",
            "f.yml:1:4 a is a list, expected text",
            "f.yml:2:4 b is the text \"x\", expected a whole number",
            "f.yml:3:4 c is a map, expected a list",
            "f.yml:4:4 d is the text \"text\", expected true or false",
            "f.yml:4:4 d is the text \"text\", expected a number",
            "f.yml:5:4 e is 99999999999999999999, expected a whole number"),
        lines());
  }

  @Test
  void an_unknown_key_comes_with_the_nearest_valid_one() {
    parse("sufix: x\nresource-groups: {}\nzzz: 1\n").allow("suffix", "cloud", "resource_groups");
    assertEquals(
        List.of(
            "f.yml:1:1 unknown key sufix: did you mean suffix?",
            "f.yml:2:1 unknown key resource-groups: did you mean resource_groups?",
            "f.yml:3:1 unknown key zzz: valid here: suffix, cloud, resource_groups"),
        lines());
  }

  @Test
  void a_word_out_of_a_set_is_checked() {
    parse("cloud: azur\n").at("cloud").orElseThrow().oneOf(Set.of("local", "azure"));
    assertEquals(List.of("f.yml:1:8 cloud is the text \"azur\": did you mean azure?"), lines());
  }

  @Test
  void anchors_and_merge_keys_are_resolved() {
    YamlNode root = parse("base: &b {x: 1, y: 2}\nmore: {<<: *b, y: 3}\nagain: *b\n");
    assertEquals("{\"y\":3,\"x\":1}", root.at("more").orElseThrow().json().toString());
    assertEquals("{\"x\":1,\"y\":2}", root.at("again").orElseThrow().json().toString());
  }

  @Test
  void a_billion_laughs_are_one_mistake() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 10; i++) {
      String ten = ("*a" + (i - 1) + ",").repeat(10);
      bomb.append("a%d: &a%d [%s]\n".formatted(i, i, ten.substring(0, ten.length() - 1)));
    }
    assertEquals(Optional.empty(), YamlFile.parse(Path.of("f.yml"), bomb.toString(), mistakes));
    assertEquals(1, mistakes.all().size());
  }

  @Test
  void a_value_that_contains_itself_is_a_mistake() {
    parse("a: &a\n  b: *a\n");
    assertEquals(List.of("f.yml:1:4 this value contains itself"), lines());
  }

  @Test
  void duplicate_keys_and_tags_are_mistakes() {
    parse("a: 1\nb: 2\na: 3\nc: !!java.net.URL [x]\nd: !secret x\n? [k]\n: v\n");
    assertEquals(
        List.of(
            "f.yml:3:1 the key a stands here twice, first in line 1",
            "f.yml:4:4 the tag tag:yaml.org,2002:java.net.URL is not allowed",
            "f.yml:5:4 the tag !secret is not allowed",
            "f.yml:6:3 a key is a map or a list, expected text"),
        lines());
  }

  @Test
  void what_is_not_yaml_is_named_with_its_place() {
    YamlFile.parse(Path.of("f.yml"), "a:\n\tb: 1\n", mistakes);
    YamlFile.parse(Path.of("g.yml"), "a: [1, 2\nb: 3\n", mistakes);
    YamlFile.parse(Path.of("h.yml"), "", mistakes);
    YamlFile.parse(Path.of("i.yml"), "a: \u0007\n", mistakes);
    YamlFile.parse(Path.of("j.yml"), "a: *nobody\n", mistakes);
    YamlFile.parse(Path.of("k.yml"), "a: 1\n---\nb: 2\n", mistakes);
    List<String> lines = lines();
    assertEquals(6, lines.size(), lines::toString);
    assertTrue(lines.get(0).startsWith("f.yml:2:1 not YAML"), lines.get(0));
    assertTrue(lines.get(0).endsWith("indent with spaces, not with tabs"), lines.get(0));
    assertTrue(lines.get(1).startsWith("g.yml:2:2 not YAML"), lines.get(1));
    assertEquals("h.yml:1:1 the file is empty", lines.get(2));
    assertEquals("i.yml:1:4 the character U+0007 is not allowed", lines.get(3));
    assertTrue(lines.get(4).startsWith("j.yml:1:4 not YAML"), lines.get(4));
    assertTrue(lines.get(5).startsWith("k.yml:2:1 not YAML"), lines.get(5));
  }

  @Test
  void files_are_utf_8_of_a_sane_size() throws IOException {
    Path good = Files.writeString(folder.resolve("ü.yml"), "\uFEFFname: Größe 数据 🚕\n");
    YamlNode root = YamlFile.read(good, mistakes).orElseThrow();
    assertEquals(Optional.of("Größe 数据 🚕"), root.text("name"));
    byte[] latin = "a: Größe\n".getBytes(StandardCharsets.ISO_8859_1);
    YamlFile.read(Files.write(folder.resolve("b.yml"), latin), mistakes);
    YamlFile.read(Files.write(folder.resolve("c.yml"), new byte[5 << 20]), mistakes);
    YamlFile.read(folder.resolve("d.yml"), mistakes);
    YamlFile.parse(Path.of("e.yml"), "[".repeat(5000), mistakes);
    assertEquals(
        List.of(
            "the file is not UTF-8", "the file is larger than 4 MiB", "the file does not exist"),
        mistakes.all().stream().map(Mistake::message).filter(m -> m.startsWith("the")).toList());
    assertEquals(4, mistakes.all().size());
  }

  private YamlNode parse(String text) {
    return YamlFile.parse(Path.of("f.yml"), text, mistakes).orElseThrow();
  }

  private List<String> lines() {
    return mistakes.all().stream().map(Mistake::toString).toList();
  }
}
