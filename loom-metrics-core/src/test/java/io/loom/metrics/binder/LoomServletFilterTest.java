package io.loom.metrics.binder;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.LoomMetrics;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletRequestWrapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In a real Tomcat. */
class LoomServletFilterTest {
    private static final String SPRING_PATTERN = "org.springframework.web.servlet.HandlerMapping.bestMatchingPattern";

    private final MockClock clock = new MockClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
    private final LoomMetrics loom =
            LoomMetrics.builder(registry).processMetrics(false).build();
    private final HttpNumbers numbers = new HttpNumbers(registry);

    @TempDir
    private Path directory;

    private TestTomcat tomcat;

    @BeforeEach
    void makeTomcat() {
        tomcat = new TestTomcat(directory);
    }

    @AfterEach
    void stopTomcat() throws Exception {
        tomcat.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/stories/*, /stories/17, /stories/*",
        "/stories/*, /stories/a/b?page=2, /stories/*",
        "/exact, /exact, /exact",
        "*.story, /deep/down.story, *.story",
        "'', /, /",
        "/*, /any, /*",
    })
    void request_byTheServletsMapping_countsUnderIt(String pattern, String path, String endpoint) throws Exception {
        tomcat.filter(LoomServletFilter.of(loom))
                .servlet(pattern, (request, response) -> response.setStatus(201))
                .start();

        assertThat(tomcat.get(path)).isEqualTo(201);
        assertThat(numbers.after(1)).isEqualTo(Map.of("GET " + endpoint + " 201", 1.0, "GET " + endpoint, 1.0));
    }

    @Test
    void request_tookSoLong_isTimed() throws Exception {
        tomcat.filter(LoomServletFilter.of(loom))
                .servlet("/stories/*", (request, response) -> clock.add(Duration.ofMillis(1_500)))
                .start();
        tomcat.get("/stories/17");
        numbers.after(1);

        Timer timer = registry.get("http.request.duration").timer();
        assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(1_500);
    }

    @Test
    void request_ofTheDefaultServlet_isOther() throws Exception {
        Files.writeString(directory.resolve("book.txt"), "Once upon a time");
        tomcat.filter(LoomServletFilter.of(loom)).start();

        assertThat(tomcat.get("/book.txt")).isEqualTo(200);
        assertThat(tomcat.get("/nothing")).isEqualTo(404);
        assertThat(tomcat.get("/nothing/else")).isEqualTo(404);
        assertThat(numbers.after(3)).isEqualTo(Map.of("GET other 200", 1.0, "GET other 404", 2.0, "GET other", 3.0));
    }

    @ParameterizedTest
    @CsvSource({"/*, ", "/*, /**", "/stories/*, /**"})
    void request_thatACatchAllDoesNotFind_isOther(String pattern, String springs) throws Exception {
        tomcat.filter(LoomServletFilter.of(loom))
                .servlet(pattern, (request, response) -> {
                    request.setAttribute(SPRING_PATTERN, springs);
                    response.sendError(404);
                })
                .start();

        assertThat(tomcat.get("/stories/17")).isEqualTo(404);
        assertThat(numbers.after(1)).isEqualTo(Map.of("GET other 404", 1.0, "GET other", 1.0));
    }

    @Test
    void request_ofARouteThatFindsNoStory_countsUnderTheRoute() throws Exception {
        tomcat.filter(LoomServletFilter.of(loom))
                .servlet("/stories/*", (request, response) -> response.sendError(404))
                .start();

        assertThat(tomcat.get("/stories/17")).isEqualTo(404);
        assertThat(numbers.after(1)).isEqualTo(Map.of("GET /stories/* 404", 1.0, "GET /stories/*", 1.0));
    }

    @ParameterizedTest
    @CsvSource({
        "resolved, own, springs, resolved",
        ", own, springs, own",
        ", , springs, springs",
        ", , , /stories/*",
        "thrown, own, springs, own",
    })
    void request_whoseTemplateIsKnownLater_countsUnderTheFirstThatIsKnown(
            String resolved, String own, String springs, String endpoint) throws Exception {
        tomcat.filter(LoomServletFilter.of(loom).withEndpoint(request -> orThrow(resolved)))
                .servlet("/stories/*", (request, response) -> {
                    request.setAttribute(LoomServletFilter.ENDPOINT, own);
                    request.setAttribute(SPRING_PATTERN, springs);
                    assertThat(numbers.now()).containsOnly(Map.entry("/stories/*", 1.0));
                })
                .start();

        assertThat(tomcat.get("/stories/17")).isEqualTo(200);
        assertThat(numbers.after(1)).isEqualTo(Map.of("GET " + endpoint + " 200", 1.0, "GET " + endpoint, 1.0));
    }

    @ParameterizedTest
    @CsvSource({"/stories/{id}, /stories/{id}", ", /stories/*", "thrown, /stories/*"})
    void request_underWay_isInProgressUnderWhatIsKnownAtItsStart(String resolved, String endpoint) throws Exception {
        AtomicReference<Map<String, Double>> during = new AtomicReference<>();
        tomcat.filter(LoomServletFilter.of(loom).withEndpointAtStart(request -> orThrow(resolved)))
                .servlet("/stories/*", (request, response) -> during.set(numbers.now()))
                .start();

        assertThat(tomcat.get("/stories/17")).isEqualTo(200);
        assertThat(numbers.after(1)).isEqualTo(Map.of("GET " + endpoint + " 200", 1.0, "GET " + endpoint, 1.0));
        assertThat(during.get()).isEqualTo(Map.of(endpoint, 1.0));
    }

    @Test
    void request_ofAMethodBeyondTheNine_isOther() throws Exception {
        tomcat.filter(LoomServletFilter.of(loom))
                .servlet("/stories/*", (request, response) -> {})
                .start();

        tomcat.send("PROPFIND", "/stories/17");
        assertThat(numbers.after(1)).isEqualTo(Map.of("other /stories/* 200", 1.0, "other /stories/*", 1.0));
    }

    @Test
    void request_thatIsNotHttp_passes() throws Exception {
        Filter hiding = (request, response, chain) -> chain.doFilter(new ServletRequestWrapper(request), response);
        tomcat.filter(hiding)
                .filter(LoomServletFilter.of(loom))
                .servlet("/stories/*", (request, response) -> {})
                .start();

        assertThat(tomcat.send("GET", "/stories/17").body()).isEqualTo("not HTTP");
        assertThat(numbers.now()).isEmpty();
    }

    @Test
    void page_setUp_worksAsPrinted(@TempDir Path sources) throws Exception {
        tomcat.onStart(context -> PrintedSetUp.run(
                        sources,
                        "servlet.md",
                        "io.loom.metrics.LoomMetrics loom, jakarta.servlet.ServletContext context",
                        "null",
                        loom,
                        context))
                .servlet(
                        "/stories/*",
                        (request, response) -> request.startAsync().complete())
                .start();

        assertThat(tomcat.get("/stories/17")).isEqualTo(200);
        assertThat(numbers.after(1)).isEqualTo(Map.of("GET /stories/* 200", 1.0, "GET /stories/*", 1.0));
    }

    private static String orThrow(String template) {
        if ("thrown".equals(template)) {
            throw new IllegalStateException("no template");
        }
        return template;
    }
}
