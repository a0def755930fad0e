/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.wattle.agent.runtime.AgentRuntime;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

@AnalyzeClasses(
        packages = "dev.wattle",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.WithoutTestJars.class})
class ArchitectureTest {
    private static final String ROOT = "dev.wattle.";

    /** The tests of the probes come as a jar, in which ArchUnit sees no tests. */
    static final class WithoutTestJars implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }

    /** More classes than a reader takes in at once. */
    private static final int MAX_CLASSES = 21;

    /** From the ground up, as docs/architecture.md has them: a package knows only those before it. */
    private static final List<String> PACKAGES = List.of(
            "core.file",
            "core.json",
            "core.time",
            "core.probe",
            "core.energy",
            "core.domain",
            "core.sampling",
            "core.boundary",
            "core.epoch",
            "core.attribution",
            "core.window",
            "core.carbon",
            "core.impact",
            "core.forecast",
            "core.ledger",
            "core.ledger.read",
            "core.ledger.totals",
            "core.estimate",
            "core.ledger.detail",
            "core.ledger.compare",
            "core.snapshot",
            "core.meters",
            "core.report.text",
            "core.report.summary",
            "core.report.json",
            "core.report.declare",
            "core.report.compare",
            "core.report.html",
            "core.report.chart",
            "probes.source",
            "probes.jna",
            "probes.load",
            "probes.model",
            "probes.hwmon",
            "probes.nvml",
            "probes.perf",
            "probes.powercap",
            "probes",
            "agent.premain.counters",
            "agent.premain.spelling",
            "agent.premain.loader",
            "agent.premain",
            "agent.bridge",
            "agent.log.jul",
            "agent.log",
            "agent.attach",
            "agent.export",
            "agent.config",
            "agent.http",
            "agent.intensity",
            "agent.track",
            "agent.instrument",
            "agent.jfr",
            "agent.cli",
            "agent.cli.carbon",
            "agent.cli.ledger",
            "agent.runtime");

    @ArchTest
    static void anArrowPointsToAPackageBefore(JavaClasses classes) {
        for (int i = 0; i < PACKAGES.size() - 1; i++) {
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + PACKAGES.get(i))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(PACKAGES.subList(i + 1, PACKAGES.size()).stream()
                            .map(ROOT::concat)
                            .toArray(String[]::new))
                    .check(classes);
        }
    }

    @ArchTest
    static void everyPackageIsKnownAndSmall(JavaClasses classes) {
        Map<String, Long> sizes = classes.stream()
                .filter(type -> type.isTopLevelClass() && type.getPackageName().startsWith(ROOT))
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(
                        type -> type.getPackageName().substring(ROOT.length()), Collectors.counting()));
        assertThat(sizes.keySet()).containsExactlyInAnyOrderElementsOf(PACKAGES);
        assertThat(sizes).allSatisfy((name, size) -> assertThat(size).as(name).isLessThanOrEqualTo(MAX_CLASSES));
    }

    @ArchTest
    static final ArchRule theWayInNeedsTheJdkOnly = classes()
            .that()
            .resideInAPackage("dev.wattle.agent.premain..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "java..", "org.jspecify..", "dev.wattle.agent.premain..", "dev.wattle.agent.bridge"));

    @ArchTest
    static final ArchRule theBridgeNeedsTheJdkOnly = classes()
            .that()
            .resideInAPackage("dev.wattle.agent.bridge")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage("java..", "org.jspecify..", "dev.wattle.agent.bridge"));

    @ArchTest
    static final ArchRule thePublicApiNeedsTheJdkOnly = classes()
            .that()
            .resideInAPackage("dev.wattle")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage("java..", "org.jspecify..", "dev.wattle"));

    @ArchTest
    static final ArchRule onlyInstrumentKnowsByteBuddy = noClasses()
            .that(not(resideInAPackage("dev.wattle.agent.instrument")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("net.bytebuddy..");

    @ArchTest
    static final ArchRule onlyJfrKnowsTheFlightRecorder = noClasses()
            .that(not(resideInAPackage("dev.wattle.agent.jfr")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jdk.jfr..");

    @ArchTest
    static final ArchRule instrumentKnowsOnlyTheRootZoneAndTheFrameworks = noClasses()
            .that()
            .resideInAPackage("dev.wattle.agent.instrument")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.wattle..")
                    .and(not(resideInAnyPackage(
                            "dev.wattle.agent.instrument",
                            "dev.wattle.agent.bridge",
                            "dev.wattle.agent.premain",
                            "dev.wattle.core.boundary"))));

    @ArchTest
    static final ArchRule nothingKnowsTheCommands = noClasses()
            .that(not(resideInAPackage("dev.wattle.agent.cli..")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.wattle.agent.cli..");

    @ArchTest
    static final ArchRule theCommandsKnowNothingThatMetersAProgram = noClasses()
            .that()
            .resideInAPackage("dev.wattle.agent.cli..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                            "dev.wattle.agent.bridge", "dev.wattle.agent.instrument", "dev.wattle.agent.export")
                    .or(type(AgentRuntime.class)));

    @ArchTest
    static final ArchRule theCoreKnowsNoLibraryOfTheProbes = noClasses()
            .that()
            .resideInAPackage("dev.wattle.core..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.sun.jna..", "oshi..");

    @ArchTest
    static final ArchRule oneClassWritesJsonAndItWritesNoNumberThatIsNotFinite = noClasses()
            .that()
            .resideOutsideOfPackage("dev.wattle.core.json..")
            .should()
            .dependOnClassesThat()
            .haveNameMatching("com\\.google\\.gson\\.(Gson|GsonBuilder|stream\\.JsonWriter)")
            .orShould()
            .callMethodWhere(target(owner(assignableTo(JsonElement.class))).and(target(name("toString"))));
}
