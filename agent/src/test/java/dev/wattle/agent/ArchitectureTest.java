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

import com.google.gson.JsonElement;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.wattle.agent.runtime.AgentRuntime;

@AnalyzeClasses(packages = "dev.wattle", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule theWayInNeedsTheJdkOnly = classes()
            .that()
            .resideInAPackage("dev.wattle.agent.premain")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "java..", "org.jspecify..", "dev.wattle.agent.premain", "dev.wattle.agent.bridge"));

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
                            "dev.wattle.core.training"))));

    @ArchTest
    static final ArchRule nothingKnowsTheCommands = noClasses()
            .that(not(resideInAPackage("dev.wattle.agent.cli")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.wattle.agent.cli");

    @ArchTest
    static final ArchRule theCommandsKnowNothingThatMetersAProgram = noClasses()
            .that()
            .resideInAPackage("dev.wattle.agent.cli")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                            "dev.wattle.agent.bridge", "dev.wattle.agent.instrument", "dev.wattle.agent.export")
                    .or(type(AgentRuntime.class)));

    @ArchTest
    static final ArchRule theProbesDoNotKnowTheAgent = noClasses()
            .that()
            .resideInAPackage("dev.wattle.probes..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.wattle.agent..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule theCoreKnowsNeitherProbesNorAgent = noClasses()
            .that()
            .resideInAPackage("dev.wattle.core..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.wattle.probes..", "dev.wattle.agent..", "com.sun.jna..", "oshi..");

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
