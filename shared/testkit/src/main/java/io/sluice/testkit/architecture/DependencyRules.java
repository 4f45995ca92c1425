package io.sluice.testkit.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.stream.Collectors.joining;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Who may know whom: arrows point one way, and each vendor has one home. */
final class DependencyRules {
  private static final String CORE = "io.sluice.core..";
  private static final String CONTRACTS = "io.sluice.contracts..";
  private static final String AWS = "io.sluice.aws..";
  private static final String ICEBERG = "io.sluice.iceberg..";
  private static final String LOCAL = "io.sluice.local..";
  private static final String LAMBDA = "io.sluice.*.lambda..";

  /** Runs the decisions of all stages together, over tables in memory, behind the batch loop. */
  private static final String SIMULATION = "io.sluice.simulation..";

  /** The stages, one function each. */
  private static final List<String> STAGES =
      List.of("land", "curate", "gate", "stream", "backfill", "maintain", "alert", "console");

  /** What is shared, apart from core and contracts, which the others may use. */
  private static final List<String> SHARED = List.of("formats", "iceberg", "aws", "kafka");

  /**
   * What a shared module may know beside core and contracts: the table reads the files that land
   * wrote, whose layout is in formats.
   */
  private static final Map<String, List<String>> KNOWN = Map.of("iceberg", List.of("formats"));

  private DependencyRules() {}

  static Stream<ArchRule> all() {
    return Stream.of(
            Stream.of(core(), contracts(), decisions()),
            homes(),
            STAGES.stream().map(DependencyRules::stage),
            SHARED.stream().map(DependencyRules::shared))
        .flatMap(rules -> rules);
  }

  private static ArchRule core() {
    return classes()
        .that()
        .resideInAPackage(CORE)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "org.jspecify..", CORE)
        .as("core knows the JDK only");
  }

  private static ArchRule contracts() {
    return noClasses()
        .that()
        .resideInAPackage(CONTRACTS)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages(SHARED))
        .as("contracts knows no module but core");
  }

  private static ArchRule shared(String module) {
    List<String> known = KNOWN.getOrDefault(module, List.of());
    String[] others =
        packages(
            SHARED.stream()
                .filter(other -> !other.equals(module) && !known.contains(other))
                .toList());
    return noClasses()
        .that()
        .resideInAPackage(packageOf(module))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others)
        .as(
            Stream.concat(
                    Stream.of(module + " knows no module but core", "contracts"), known.stream())
                .collect(joining(" and ")));
  }

  /**
   * Nothing but the function itself and the simulation may know it: not shared code, not another
   * function.
   */
  private static ArchRule stage(String stage) {
    return noClasses()
        .that()
        .resideInAPackage("io.sluice..")
        .and()
        .resideOutsideOfPackages(packageOf(stage), SIMULATION)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(packageOf(stage))
        .as("nobody imports the function " + stage);
  }

  private static ArchRule decisions() {
    return noClasses()
        .that()
        .resideInAnyPackage(packages(STAGES))
        .and()
        .resideOutsideOfPackage(LAMBDA)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(AWS, LAMBDA)
        .as("the decisions of a stage know no AWS and no handler");
  }

  private static Stream<ArchRule> homes() {
    return Stream.of(
        home(
            "Iceberg", List.of(ICEBERG, "io.sluice.aws.table", SIMULATION), "org.apache.iceberg.."),
        home("the AWS SDK", List.of(AWS, LOCAL), "software.amazon.."),
        home("Lambda", List.of(AWS, LOCAL, LAMBDA, SIMULATION), "com.amazonaws.."),
        home("Kafka", List.of("io.sluice.kafka..", LOCAL), "org.apache.kafka.."),
        home(
            "Quarkus",
            List.of(LAMBDA, LOCAL),
            "io.quarkus..",
            "io.smallrye..",
            "jakarta..",
            "org.eclipse.microprofile.."));
  }

  private static ArchRule home(String vendor, List<String> homes, String... packages) {
    return noClasses()
        .that()
        .resideInAPackage("io.sluice..")
        .and()
        .resideOutsideOfPackages(homes.toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages)
        .as(vendor + " stays at home");
  }

  private static String[] packages(List<String> modules) {
    return modules.stream().map(DependencyRules::packageOf).toArray(String[]::new);
  }

  private static String packageOf(String module) {
    return "io.sluice." + module + "..";
  }
}
