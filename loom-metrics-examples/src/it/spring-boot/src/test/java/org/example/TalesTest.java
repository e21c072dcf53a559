package org.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.LoomMetrics;
import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import io.loom.metrics.prometheus.spring.LoomPrometheusEndpoint;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** The application that the page prints, as it is and beside beans of its own. */
class TalesTest {
    private static final String PROMETHEUS_ACCEPTS =
            "application/openmetrics-text;version=1.0.0;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,"
                    + "text/plain;version=0.0.4;q=0.3,*/*;q=0.2";

    private final HttpClient client = HttpClient.newHttpClient();
    private ConfigurableApplicationContext context;

    @AfterEach
    void stop() {
        if (context != null) {
            context.close();
        }
    }

    @Test
    void page_asPrinted_hasLoomsMetersAndBoots() throws Exception {
        start();
        get("/tale");

        HttpResponse<String> page = get("/actuator/prometheus");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).hasValueSatisfying(type -> assertThat(type)
                .contains("text/plain", "version=0.0.4", "charset=utf-8"));
        assertThat(page.body().lines()).containsAll(expected());
        assertThat(page.body())
                .contains("\njvm_memory_used_bytes{", "\nprocess_start_time_seconds{", "\nloom_build_info{")
                .contains("\nprocess_cpu_seconds_total{service=\"tales\"} ");
        assertThat(page.body().lines().filter(line -> !line.startsWith("#")))
                .allSatisfy(line -> assertThat(line).contains("service=\"tales\""));
        assertNoSampleTwice(page.body());
    }

    @Test
    void page_ofIncludedNames_hasTheseAlone() throws Exception {
        start();

        String page = get("/actuator/prometheus?includedNames=loom_sessions_total").body();

        assertThat(page.lines().filter(line -> !line.startsWith("#")))
                .containsExactly("loom_sessions_total{service=\"tales\"} 0");
    }

    @Test
    void page_asked_asPrometheusAsks_isAnswered() throws Exception {
        start();

        HttpResponse<String> page = get("/actuator/prometheus", "Accept", PROMETHEUS_ACCEPTS);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).hasValueSatisfying(type -> assertThat(type)
                .startsWith("application/openmetrics-text"));
        assertThat(page.body()).contains("loom_sessions_total").endsWith("# EOF\n");
    }

    @Test
    void beans_asPrinted_areOneOfEach() {
        start();

        assertThat(context.getBeansOfType(MeterRegistry.class).values())
                .containsExactly(context.getBean(LoomPrometheusRegistry.class));
        assertThat(context.getBeansOfType(LoomMetrics.class)).hasSize(1);
        assertThat(context.getBeansOfType(LoomPrometheusEndpoint.class)).hasSize(1);
    }

    @Test
    void filter_asPrinted_countsRequests() throws Exception {
        start(HttpBeans.class);
        get("/tale");

        assertThat(get("/actuator/prometheus").body())
                .contains("\nhttp_requests_total{endpoint=\"/tale\",method=\"GET\",service=\"tales\",status=\"200\"} 1\n");
    }

    @Test
    void endpoint_notExposed_isNotThereAndTheRegistryIs() throws Exception {
        start(List.of("--management.endpoints.web.exposure.include=health"));

        assertThat(get("/actuator/prometheus").statusCode()).isEqualTo(404);
        assertThat(context.getBean(LoomPrometheusRegistry.class).scrape()).contains("loom_sessions_total");
    }

    @Test
    void beansOfTheApplication_stay() throws Exception {
        start(OwnBeans.class);

        assertThat(context.getBean(LoomPrometheusRegistry.class)).isSameAs(context.getBean("ownRegistry"));
        assertThat(context.getBean(LoomMetrics.class)).isSameAs(context.getBean("ownLoom"));
        assertThat(get("/actuator/prometheus").body()).contains("loom_llm_budget_usd", "own_filter=\"yes\"");
    }

    @Test
    void prometheusMeterRegistry_ofTheApplication_bringsBootsExportBack() throws Exception {
        start(OwnPrometheus.class);
        get("/tale");

        assertThat(context.getBeansOfType(LoomPrometheusRegistry.class)).isEmpty();
        assertThat(context.getBeansOfType(LoomPrometheusEndpoint.class)).isEmpty();
        assertThat(get("/actuator/prometheus").body())
                .contains("loom_cache_hits_total{cache_type=\"response\",service=\"tales\"} 1.0\n");
    }

    @Test
    void secondRegistry_getsLoomsMetersToo() throws Exception {
        start(SecondRegistry.class);
        get("/tale");

        assertThat(context.getBean(MeterRegistry.class)).isInstanceOf(CompositeMeterRegistry.class);
        assertThat(context.getBean(SimpleMeterRegistry.class)
                        .get("loom.cache.hits")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(get("/actuator/prometheus").body().lines()).containsAll(expected());
    }

    @Test
    void clientJavasRegistry_isShownBehindOurs() throws Exception {
        start(ClientJava.class);

        String page = get("/actuator/prometheus").body();

        assertThat(page).endsWith("# TYPE drafts_total counter\ndrafts_total 3.0\n");
        assertNoSampleTwice(page);
    }

    @Test
    void loom_switchedOff_leavesAllToBoot() throws Exception {
        start(List.of("--loom.metrics.enabled=false"), NoLoom.class);

        assertThat(context.getBeansOfType(LoomPrometheusRegistry.class)).isEmpty();
        assertThat(context.getBeansOfType(PrometheusMeterRegistry.class)).hasSize(1);
        assertThat(get("/actuator/prometheus").body()).contains("jvm_memory_used_bytes");
    }

    @Test
    void export_switchedOff_hasNoPageButMeters() throws Exception {
        start(List.of("--management.prometheus.metrics.export.enabled=false"));

        assertThat(context.getBeansOfType(LoomPrometheusRegistry.class)).isEmpty();
        assertThat(context.getBean(MeterRegistry.class)).isInstanceOf(SimpleMeterRegistry.class);
        assertThat(get("/tale").statusCode()).isEqualTo(200);
        assertThat(get("/actuator/prometheus").statusCode()).isEqualTo(404);
    }

    @Test
    void descriptions_switchedOff_areNotShown() throws Exception {
        start(List.of("--management.prometheus.metrics.export.descriptions=false"));

        assertThat(get("/actuator/prometheus").body()).contains("# TYPE ").doesNotContain("# HELP ");
    }

    private void start(Class<?>... more) {
        start(List.of(), more);
    }

    /** Without {@code LoomMetrics} the application itself cannot be built, so {@link NoLoom} stands for it. */
    private void start(List<String> settings, Class<?>... more) {
        List<Class<?>> sources = new ArrayList<>(Arrays.asList(more));
        if (!sources.contains(NoLoom.class)) {
            sources.add(Tales.class);
        }
        List<String> arguments = new ArrayList<>(settings);
        arguments.add("--server.port=0");
        arguments.add("--server.address=127.0.0.1");
        arguments.add("--spring.main.banner-mode=off");
        context = new SpringApplication(sources.toArray(Class<?>[]::new)).run(arguments.toArray(String[]::new));
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        String port = context.getEnvironment().getProperty("local.server.port");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static List<String> expected() throws IOException {
        try (InputStream in = TalesTest.class.getResourceAsStream("/expected.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static void assertNoSampleTwice(String page) {
        assertThat(page.lines()
                        .filter(line -> !line.startsWith("#"))
                        .map(line -> line.substring(0, line.lastIndexOf(' '))))
                .doesNotHaveDuplicates();
        assertThat(page.lines().filter(line -> line.startsWith("# TYPE"))).doesNotHaveDuplicates();
    }

    // Not annotated: scanning for components would find them, and each is for one test.
    static class OwnBeans {
        @Bean
        LoomPrometheusRegistry ownRegistry() {
            return LoomPrometheusRegistry.builder().maxima(false).build();
        }

        @Bean
        LoomMetrics ownLoom(LoomPrometheusRegistry registry) {
            return LoomMetrics.builder(registry).budgetUsd(250).build();
        }

        @Bean
        MeterFilter ownFilter() {
            return MeterFilter.commonTags(Tags.of("own_filter", "yes"));
        }
    }

    static class OwnPrometheus {
        @Bean
        PrometheusMeterRegistry ownRegistry(PrometheusRegistry registry) {
            return new PrometheusMeterRegistry(
                    PrometheusConfig.DEFAULT, registry, Clock.SYSTEM);
        }
    }

    static class SecondRegistry {
        @Bean
        SimpleMeterRegistry second() {
            return new SimpleMeterRegistry();
        }
    }

    static class ClientJava {
        @Bean
        PrometheusRegistry theirs() {
            PrometheusRegistry registry = new PrometheusRegistry();
            Counter.builder().name("drafts").register(registry).inc(3);
            return registry;
        }
    }

    @EnableAutoConfiguration
    static class NoLoom {}
}
