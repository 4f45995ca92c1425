package io.sluice.testkit.architecture;

import static com.tngtech.archunit.core.domain.JavaModifier.SYNTHETIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** What no class may do or be, wherever it is. */
final class CodeRules {
  private static final String LAMBDA = "io.sluice.*.lambda..";
  private static final String LOCAL = "io.sluice.local..";
  private static final String WORDS = "(Util|Utils|Helper|Manager|Impl|Base|Common|Misc|[A-Za-z]2)";
  private static final String PACKAGES = "(utils?|helpers?|managers?|impl|base|common|misc)";

  private CodeRules() {}

  static Stream<ArchRule> all() {
    return Stream.of(
        nullMarked(),
        names(),
        packageNames(),
        optionalFields(),
        optionalParameters(),
        environment(),
        logging(),
        time());
  }

  private static ArchRule nullMarked() {
    return classes()
        .should(
            satisfy(
                "lie in a package with @NullMarked",
                type -> type.getPackage().isAnnotatedWith(NullMarked.class)))
        .as("every package is @NullMarked");
  }

  private static ArchRule names() {
    return noClasses()
        .should()
        .haveNameMatching(".*[.$]\\w*" + WORDS + "(\\$.*)?")
        .as("a name says what a class holds or how it differs");
  }

  private static ArchRule packageNames() {
    return noClasses()
        .should()
        .haveNameMatching(".*\\." + PACKAGES + "\\..*")
        .as("a package's name says what it holds");
  }

  private static ArchRule optionalFields() {
    return noFields()
        .that()
        .doNotHaveModifier(SYNTHETIC)
        .should()
        .haveRawType(Optional.class)
        .as("Optional is a return type only, no field");
  }

  private static ArchRule optionalParameters() {
    return codeUnits()
        .that()
        .doNotHaveModifier(SYNTHETIC)
        .should(
            new ArchCondition<JavaCodeUnit>("take no Optional") {
              @Override
              public void check(JavaCodeUnit unit, ConditionEvents events) {
                boolean takesNone =
                    unit.getRawParameterTypes().stream()
                        .noneMatch(type -> type.isEquivalentTo(Optional.class));
                events.add(new SimpleConditionEvent(unit, takesNone, unit.getFullName()));
              }
            })
        .as("Optional is a return type only, no parameter");
  }

  private static ArchRule environment() {
    return noClasses()
        .should()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .as("settings come through a function's configuration, not the environment");
  }

  /** The embedded cloud sets how much its servers may say, and they speak through it. */
  private static ArchRule logging() {
    return noClasses()
        .that()
        .resideOutsideOfPackage(LOCAL)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.util.logging..")
        .as("java.util.logging is nobody's way to log");
  }

  /** Wiring and the command line are where a clock and chance come from. */
  private static ArchRule time() {
    return noClasses()
        .that()
        .resideOutsideOfPackages(LAMBDA, LOCAL)
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(LocalDate.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(UUID.class, "randomUUID")
        .orShould()
        .callMethod(Math.class, "random")
        .as("time and chance arrive as arguments");
  }

  private static ArchCondition<JavaClass> satisfy(String what, Predicate<JavaClass> condition) {
    return new ArchCondition<>(what) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        events.add(new SimpleConditionEvent(type, condition.test(type), type.getName()));
      }
    };
  }
}
