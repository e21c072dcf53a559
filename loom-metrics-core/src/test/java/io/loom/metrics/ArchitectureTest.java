package io.loom.metrics;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String ROOT = "io.loom.metrics";

    /** To users: {@code spi} is for our own registry. What {@code woven} exports is for woven methods. */
    private static final Set<String> NOT_EXPORTED = Set.of(ROOT + ".annotation", ROOT + ".series", ROOT + ".spi");

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void main_everyClass_usesNoLock() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.concurrent.locks..")
                .check(MAIN);
    }

    /** ArchUnit sees the modifier but not the block, so the sources are read. */
    @Test
    void main_everySource_isFreeOfSynchronized() throws IOException {
        Path sources = Path.of(System.getProperty("loom.root"), "loom-metrics-core/src/main/java");
        try (Stream<Path> files = Files.walk(sources)) {
            List<Path> java =
                    files.filter(file -> file.toString().endsWith(".java")).toList();

            assertThat(java)
                    .hasSizeGreaterThan(40)
                    .allSatisfy(file -> assertThat(code(file)).doesNotContainPattern("\\bsynchronized\\b"));
        }
    }

    @Test
    void rooms_belowTheDoor_doNotKnowTheDoor() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        ROOT + ".annotation..",
                        ROOT + ".series..",
                        ROOT + ".spi..",
                        ROOT + ".catalogue..",
                        ROOT + ".llm..",
                        ROOT + ".health..", // apart from the meters
                        ROOT + ".weaving..",
                        ROOT + ".woven..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT)
                .check(MAIN);
    }

    @Test
    void series_theLookUp_knowsNoMetersAndNoOtherRoom() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".series..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.micrometer..", "org.slf4j..", ROOT + ".catalogue..", ROOT + ".llm..")
                .check(MAIN);
    }

    /** They are not there when woven classes run. */
    @Test
    void woven_whatWovenMethodsCall_knowsNeitherTheWeaverNorByteBuddy() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".woven..", ROOT + ".annotation..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".weaving..", "net.bytebuddy..")
                .check(MAIN);
    }

    @Test
    void rooms_amongEachOther_haveNoCircles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(MAIN);
    }

    @Test
    void types_thatArePublic_areTheDoorsAndWhatCallersHold() {
        assertThat(MAIN.stream()
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(type -> !NOT_EXPORTED.contains(type.getPackageName()))
                        .map(JavaClass::getName)
                        .map(name -> name.substring(ROOT.length() + 1)))
                .containsExactlyInAnyOrder(
                        "CacheMeter",
                        "CounterFamily",
                        "CounterSeries",
                        "GaugeFamily",
                        "GaugeSeries",
                        "HttpMeters",
                        "HttpRequest",
                        "Interaction",
                        "InteractionMeters",
                        "LlmCall",
                        "LlmMeter",
                        "LlmStream",
                        "LoomMetrics",
                        "LoomMetricsBuilder",
                        "Narrative",
                        "NarrativeMeters",
                        "Repair",
                        "RuleMeters",
                        "RuleType",
                        "Session",
                        "SessionMeters",
                        "Severity",
                        "SummaryFamily",
                        "SummarySeries",
                        "ThrowingSupplier",
                        "TimerFamily",
                        "TimerSeries",
                        "assertj.CacheAssert",
                        "assertj.HttpAssert",
                        "assertj.LlmAssert",
                        "assertj.LoomAssertions",
                        "assertj.LoomMetricsAssert",
                        "assertj.NarrativeAssert",
                        "assertj.RuleAssert",
                        "binder.LangChain4jErrors",
                        "binder.LangChain4jUsage",
                        "binder.LoomChatModelListener",
                        "binder.LoomChatObservationHandler",
                        "binder.LoomHttpFilter",
                        "binder.LoomServletFilter",
                        "binder.LoomStatsCounter",
                        "binder.LoomStreamingChatModel",
                        "binder.RateLimitHttpClient",
                        "binder.SpringAiErrors",
                        "catalogue.Buckets",
                        "catalogue.Label",
                        "catalogue.LoomMeter",
                        "catalogue.MeterKind",
                        "catalogue.MeterSpec",
                        "catalogue.Stability",
                        "health.CardinalityCheck",
                        "health.DiskCheck",
                        "health.Health",
                        "health.HealthBuilder",
                        "health.HealthCheck",
                        "health.HealthReport",
                        "health.HealthReport$Component",
                        "health.HealthResult",
                        "health.HealthStatus",
                        "health.HeapCheck",
                        "health.LlmProviderCheck",
                        "health.MetricValue",
                        "health.MetricValue$Series",
                        "health.MonitorPlugin",
                        "health.Plugins",
                        "health.PluginsBuilder",
                        "llm.CallEnd",
                        "llm.ErrorType",
                        "llm.ErrorType$Fault",
                        "llm.FinishReason",
                        "llm.ModelPrice",
                        "llm.Outcome",
                        "llm.Pricing",
                        "llm.RateLimits",
                        "llm.RateLimits$Resource",
                        "llm.Usage",
                        "weaving.LoomAgent",
                        "weaving.LoomWeavingPlugin",
                        "woven.Host",
                        "woven.WovenMethod");
    }

    @Test
    void series_publicTypes_areWhatTheDoorNeeds() {
        assertThat(MAIN.stream()
                        .filter(type -> type.getPackageName().equals(ROOT + ".series"))
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .map(JavaClass::getSimpleName))
                .containsExactlyInAnyOrder(
                        "EndpointTemplate", "Factory", "LabelGate", "LabelValues", "SeriesLimit", "SeriesTable");
    }

    /** The source without its comments, which may speak of anything. */
    private static String code(Path file) {
        try {
            return Files.readString(file).replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("//.*", "");
        } catch (IOException e) {
            throw new AssertionError(file.toString(), e);
        }
    }
}
