package io.sluice.testkit.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.net.URL;
import java.util.List;
import java.util.stream.Stream;

/** All rules, held against the classes of one module. */
public final class ArchitectureRules {
  private ArchitectureRules() {}

  /**
   * Fails with every violation in the module of {@code anchor}.
   *
   * @param anchor any class of the module's main tree
   */
  public static void check(Class<?> anchor) {
    URL module = anchor.getProtectionDomain().getCodeSource().getLocation();
    assertThat(violations(module)).isEmpty();
  }

  /**
   * One sentence for each violation in the classes below {@code folder}. Foreign classes count by
   * name only: to read them from the class path as well takes longer than all else.
   */
  static List<String> violations(URL folder) {
    return ArchConfiguration.withThreadLocalScope(
        configuration -> {
          configuration.setResolveMissingDependenciesFromClassPath(false);
          return violations(new ClassFileImporter().importUrl(folder));
        });
  }

  private static List<String> violations(JavaClasses classes) {
    return Stream.concat(DependencyRules.all(), CodeRules.all())
        .flatMap(rule -> violations(rule, classes))
        .toList();
  }

  private static Stream<String> violations(ArchRule rule, JavaClasses classes) {
    return rule.allowEmptyShould(true).evaluate(classes).getFailureReport().getDetails().stream()
        .map(detail -> rule.getDescription() + ": " + detail);
  }
}
