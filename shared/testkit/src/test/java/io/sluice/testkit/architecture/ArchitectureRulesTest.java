package io.sluice.testkit.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.port.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchitectureRulesTest {
  private static final String RECORD = "record Planted() {}";

  @TempDir Path folder;

  @Test
  void coreKeepsTheRules() {
    ArchitectureRules.check(ObjectStore.class);
  }

  @ParameterizedTest
  @CsvSource({
    "io.sluice.land, org.apache.iceberg, Iceberg stays at home",
    "io.sluice.land.lambda, org.apache.iceberg, Iceberg stays at home",
    "io.sluice.local, org.apache.iceberg, Iceberg stays at home",
    "io.sluice.iceberg, software.amazon.awssdk, the AWS SDK stays at home",
    "io.sluice.gate.lambda, software.amazon.awssdk, the AWS SDK stays at home",
    "io.sluice.curate, com.amazonaws, Lambda stays at home",
    "io.sluice.curate, io.quarkus, Quarkus stays at home",
    "io.sluice.aws, jakarta.inject, Quarkus stays at home",
    "io.sluice.contracts, org.apache.kafka, Kafka stays at home",
    "io.sluice.core.id, com.fasterxml.jackson, core knows the JDK only",
    "io.sluice.core.id, io.sluice.contracts, core knows the JDK only",
    "io.sluice.contracts, io.sluice.formats, contracts knows no module but core",
    "io.sluice.formats, io.sluice.iceberg, formats knows no module but core and contracts",
    "io.sluice.iceberg, io.sluice.aws, iceberg knows no module but core and contracts and formats",
    "io.sluice.curate, io.sluice.land, nobody imports the function land",
    "io.sluice.aws, io.sluice.gate, nobody imports the function gate",
    "io.sluice.local, io.sluice.curate, nobody imports the function curate",
    "io.sluice.land, io.sluice.aws.s3, the decisions of a stage know no AWS and no handler",
    "io.sluice.land, io.sluice.land.lambda, the decisions of a stage know no AWS and no handler",
    "io.sluice.gate, java.util.logging, java.util.logging is nobody's way to log",
  })
  void refusesAnImport(String from, String to, String rule) throws IOException {
    // When
    List<String> violations =
        to.startsWith("java.util")
            ? violations(from, "class Planted { " + to + ".Logger log; }")
            : violations(from, "class Planted { " + to + ".Foreign foreign; }", to);

    // Then
    assertThat(violations).isNotEmpty().allMatch(text -> text.startsWith(rule), rule);
  }

  @ParameterizedTest
  @CsvSource({
    "io.sluice.land.lambda, io.quarkus",
    "io.sluice.land.lambda, com.amazonaws",
    "io.sluice.land.lambda, io.sluice.aws.s3",
    "io.sluice.land, io.sluice.core.port",
    "io.sluice.aws.s3, software.amazon.awssdk",
    "io.sluice.local, software.amazon.awssdk",
    "io.sluice.iceberg, org.apache.iceberg",
    "io.sluice.formats, io.sluice.contracts",
    "io.sluice.iceberg, io.sluice.formats",
  })
  void allowsAnImport(String from, String to) throws IOException {
    assertThat(violations(from, "class Planted { " + to + ".Foreign foreign; }", to)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "class Planted { String home = System .getenv(\"HOME\"); } | settings come",
        "class Planted { Object all = System .getenv(); } | settings come",
        "class Planted { Instant now = Instant.now(); } | time and chance",
        "class Planted { long now = System.currentTimeMillis(); } | time and chance",
        "class Planted { Object id = UUID.randomUUID(); } | time and chance",
        "class Planted { Optional<String> field; } | Optional is a return type only, no f",
        "class Planted { void f(Optional<String> p) {} } | Optional is a return type only",
        "class PlantedUtils {} | a name says",
        "class PlantedHelper {} | a name says",
        "class PlantedManager {} | a name says",
        "class PlantedImpl { class Inner {} } | a name says",
        "class Outer { class PlantedBase {} } | a name says",
        "class Planted2 {} | a name says",
      })
  void refusesCode(String source, String rule) throws IOException {
    assertThat(violations("io.sluice.curate", source))
        .isNotEmpty()
        .allMatch(text -> text.startsWith(rule), rule);
  }

  @Test
  void refusesAPackageThatSaysNothing() throws IOException {
    assertThat(violations("io.sluice.curate.common", RECORD))
        .isNotEmpty()
        .allMatch(text -> text.startsWith("a package's name says what it holds"));
  }

  @Test
  void refusesAPackageThatIsNotNullMarked() throws IOException {
    // When
    List<String> violations =
        compiled(List.of(source("io.sluice.curate", "Planted", "class Planted {}")));

    // Then
    assertThat(violations).singleElement().asString().startsWith("every package is @NullMarked");
  }

  @Test
  void allowsWhatIsGood() throws IOException {
    assertThat(
            violations(
                "io.sluice.curate",
                "record Planted(Instant now) {"
                    + " Optional<String> find() {"
                    + " return Optional.of(1).map(i -> \"\"); } }"))
        .isEmpty();
  }

  /** Compiles {@code code} in {@code from}, and a class Foreign in each of {@code others}. */
  private List<String> violations(String from, String code, String... others) throws IOException {
    List<Path> sources = new ArrayList<>();
    sources.add(source(from, "Planted", code));
    sources.add(marked(from));
    for (String other : others) {
      sources.add(source(other, "Foreign", "public class Foreign {}"));
      if (!other.equals(from)) {
        sources.add(marked(other));
      }
    }
    return compiled(sources);
  }

  private List<String> compiled(List<Path> sources) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-proc:none", "-d", folder.resolve("classes").toString()));
    arguments.addAll(List.of("-cp", System.getProperty("java.class.path")));
    sources.forEach(source -> arguments.add(source.toString()));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    assertThat(compiler.run(null, null, null, arguments.toArray(String[]::new))).isZero();
    return ArchitectureRules.violations(folder.resolve("classes").toUri().toURL());
  }

  private Path marked(String name) throws IOException {
    return source(
        "@org.jspecify.annotations.NullMarked package " + name + ";", name, "package-info", "");
  }

  private Path source(String name, String file, String code) throws IOException {
    return source("package " + name + ";", name, file, code);
  }

  private Path source(String declaration, String name, String file, String code)
      throws IOException {
    Path source = folder.resolve("sources").resolve(name.replace('.', '/')).resolve(file + ".java");
    Files.createDirectories(source.getParent());
    return Files.writeString(
        source, declaration + "\nimport java.time.*; import java.util.*;\n" + code);
  }
}
