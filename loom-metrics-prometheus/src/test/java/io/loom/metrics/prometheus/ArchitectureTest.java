package io.loom.metrics.prometheus;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rooms and their doors: each room uses only those below it. */
class ArchitectureTest {
    private static final String ROOT = "io.loom.metrics.prometheus";
    private static final String MICROMETER = "io.micrometer..";
    private static final Pattern COMMENT_OR_STRING =
            Pattern.compile("/\\*.*?\\*/|//[^\n]*|\"(?:\\\\.|[^\"\\\\\n])*\"", Pattern.DOTALL);
    private static final Pattern SYNCHRONIZED = Pattern.compile("\\bsynchronized\\b");

    private static final JavaClasses MAIN = importMain();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    cell       | family,exposition,meter,collector,api,http,spring,
                    family     | exposition,meter,collector,api,http,spring,
                    exposition | meter,collector,api,http,spring,
                    meter      | exposition,collector,api,http,spring,
                    collector  | exposition,meter,api,http,spring,
                    api        | exposition,meter,collector,http,spring,
                    http       | cell,family,meter,collector,spring
                    spring     | cell,family,meter,collector,api
                    """)
    void room_usesNoRoomAboveOrBeside(String room, String forbidden) {
        String[] packages = Stream.of(forbidden.split(",", -1))
                .map(name -> name.isEmpty() ? ROOT : ROOT + '.' + name)
                .toArray(String[]::new);

        noClasses()
                .that()
                .resideInAPackage(ROOT + '.' + room)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages)
                .check(MAIN);
    }

    @Test
    void root_doesNotUseHttpNorSpring() {
        noClasses()
                .that()
                .resideInAPackage(ROOT)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".http", ROOT + ".spring", "org.springframework..")
                .check(MAIN);
    }

    @Test
    void cellsFamiliesAndRenderers_doNotKnowMicrometerNorLoom() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".cell", ROOT + ".family", ROOT + ".exposition")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(MICROMETER, "io.prometheus..", "io.loom.metrics", "io.loom.metrics.catalogue")
                .check(MAIN);
    }

    @Test
    void rooms_formNoCircle() {
        slices().matching(ROOT + ".(*)").should().beFreeOfCycles().check(MAIN);
        slices().matching("io.loom.metrics.(**)").should().beFreeOfCycles().check(MAIN);
    }

    @Test
    void main_usesNoLock() {
        ArchRule noLocks = noClasses().should().dependOnClassesThat().resideInAPackage("java.util.concurrent.locks..");
        noLocks.check(MAIN);
    }

    @Test
    void main_isNowhereSynchronized() throws IOException {
        Path sources = Path.of(System.getProperty("loom.root"), "loom-metrics-prometheus", "src", "main", "java");
        try (Stream<Path> files = Files.walk(sources)) {
            List<Path> java =
                    files.filter(file -> file.toString().endsWith(".java")).toList();

            assertThat(java).hasSizeGreaterThan(20);
            for (Path file : java) {
                String code = COMMENT_OR_STRING.matcher(Files.readString(file)).replaceAll("");
                assertThat(SYNCHRONIZED.matcher(code).find())
                        .as("%s has synchronized", file)
                        .isFalse();
            }
        }
    }

    @Test
    void publicTypes_areTheseAlone() {
        assertThat(MAIN.stream()
                        .filter(type -> type.getName().startsWith(ROOT + '.'))
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .map(JavaClass::getName)
                        .map(name -> name.substring(ROOT.length() + 1))
                        .sorted())
                .containsExactly(
                        "ExpositionFormat",
                        "LoomPrometheusRegistry",
                        "LoomPrometheusRegistryBuilder",
                        "ScrapeDeadline",
                        "api.Document",
                        "api.LiveFigures",
                        "cell.Copies",
                        "cell.CountedCell",
                        "cell.CounterCell",
                        "cell.Exemplar",
                        "cell.Exemplars",
                        "cell.ExponentialBuckets",
                        "cell.ExponentialCell",
                        "cell.ExponentialLayout",
                        "cell.HistogramCell",
                        "cell.HistogramLayout",
                        "collector.CollectorFailure",
                        "collector.FailureListener",
                        "collector.FamilyCollector",
                        "collector.ForeignCollectors",
                        "collector.ForeignCollectors$Collection",
                        "collector.ForeignPage",
                        "exposition.OpenMetricsRenderer",
                        "exposition.ProtobufRenderer",
                        "exposition.TextRenderer",
                        "family.BoundText",
                        "family.BucketTexts",
                        "family.Early",
                        "family.Families",
                        "family.Family",
                        "family.FamilyType",
                        "family.LabelBlock",
                        "family.Labels",
                        "family.LegalName",
                        "family.Placed",
                        "family.Recorded",
                        "family.SampleVisitor",
                        "family.Samples",
                        "http.ApiPage",
                        "http.ApiPageBuilder",
                        "http.DashboardPage",
                        "http.HealthPage",
                        "http.MetricsHandler",
                        "http.MetricsPage",
                        "http.MetricsPage$Head",
                        "http.MetricsPage$Response",
                        "http.MetricsPageBuilder",
                        "http.MetricsServer",
                        "http.MetricsServerBuilder",
                        "http.MetricsServlet",
                        "http.MonitoringServlet",
                        "http.MonitoringSite",
                        "http.MonitoringSiteBuilder",
                        "meter.ExemplarSampler",
                        "meter.Extras",
                        "meter.LoomCounter",
                        "meter.LoomGauge",
                        "meter.LoomSummary",
                        "meter.LoomTimer",
                        "meter.Percentiles",
                        "meter.UnderWayGauge",
                        "spring.InPlaceOfBoots",
                        "spring.LoomMetricsAutoConfiguration",
                        "spring.LoomPrometheusAutoConfiguration",
                        "spring.LoomPrometheusEndpoint",
                        "spring.LoomPrometheusEndpointAutoConfiguration",
                        "spring.ScrapeFormat");
    }

    /** What the classes use from elsewhere is needed by name only. */
    private static JavaClasses importMain() {
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        return new ClassFileImporter()
                .importUrl(LoomPrometheusRegistry.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation());
    }
}
