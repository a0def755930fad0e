/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.wattle.core", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule coreKnowsNoNativeCodeNoBytecodeAndNoHttpServer = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.sun.jna..", "net.bytebuddy..", "com.sun.net.httpserver..");

    @ArchTest
    static final ArchRule probesAndEnergyKnowNoMetersAndNoJson = noClasses()
            .that()
            .resideInAnyPackage("dev.wattle.core.probe..", "dev.wattle.core.energy..", "dev.wattle.core.domain..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.micrometer..", "com.google.gson..");

    @ArchTest
    static final ArchRule nothingTouchesTheHostsLogging =
            noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging..");
}
