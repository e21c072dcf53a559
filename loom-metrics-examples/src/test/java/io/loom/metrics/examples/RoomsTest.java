package io.loom.metrics.examples;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Each room uses only rooms below it. */
@AnalyzeClasses(packagesOf = NarrativeService.class, importOptions = DoNotIncludeTests.class)
class RoomsTest {
    @ArchTest
    static final ArchRule rooms_all_haveNoCircles =
            slices().matching("io.loom.metrics.examples.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule traffic_any_usesTheServiceOverHttpOnly = noClasses()
            .that()
            .resideInAPackage("..traffic..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.loom.metrics..").and(not(resideInAPackage("..traffic.."))));
}
