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
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;

/** The application that the page prints, as it is and beside beans of its own. */
class TalesTest {
    private final RunningTales tales = new RunningTales();

    @AfterEach
    void stop() {
        tales.close();
    }

    @Test
    void page_asPrinted_hasLoomsMetersAndBoots() throws Exception {
        tales.start();
        tales.get("/tale");

        HttpResponse<String> page = tales.pageWith(expected());

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
        tales.start();

        String page = tales.get("/actuator/prometheus?includedNames=loom_sessions_total").body();

        assertThat(page.lines().filter(line -> !line.startsWith("#")))
                .containsExactly("loom_sessions_total{service=\"tales\"} 0");
    }

    @Test
    void beans_asPrinted_areOneOfEach() {
        tales.start();

        assertThat(tales.context().getBeansOfType(MeterRegistry.class).values())
                .containsExactly(tales.context().getBean(LoomPrometheusRegistry.class));
        assertThat(tales.context().getBeansOfType(LoomMetrics.class)).hasSize(1);
        assertThat(tales.context().getBeansOfType(LoomPrometheusEndpoint.class)).hasSize(1);
    }

    @Test
    void filter_asPrinted_countsRequests() throws Exception {
        tales.start(HttpBeans.class);
        tales.get("/tale");

        String counted = "http_requests_total{endpoint=\"/tale\",method=\"GET\",service=\"tales\",status=\"200\"} 1";
        assertThat(tales.pageWith(List.of(counted)).body().lines()).contains(counted);
    }

    @Test
    void endpoint_notExposed_isNotThereAndTheRegistryIs() throws Exception {
        tales.start(List.of("--management.endpoints.web.exposure.include=health"));

        assertThat(tales.get("/actuator/prometheus").statusCode()).isEqualTo(404);
        assertThat(tales.context().getBean(LoomPrometheusRegistry.class).scrape()).contains("loom_sessions_total");
    }

    @Test
    void beansOfTheApplication_stay() throws Exception {
        tales.start(OwnBeans.class);

        assertThat(tales.context().getBean(LoomPrometheusRegistry.class)).isSameAs(tales.context().getBean("ownRegistry"));
        assertThat(tales.context().getBean(LoomMetrics.class)).isSameAs(tales.context().getBean("ownLoom"));
        assertThat(tales.get("/actuator/prometheus").body()).contains("loom_llm_budget_usd", "own_filter=\"yes\"");
    }

    @Test
    void prometheusMeterRegistry_ofTheApplication_bringsBootsExportBack() throws Exception {
        tales.start(OwnPrometheus.class);
        tales.get("/tale");

        assertThat(tales.context().getBeansOfType(LoomPrometheusRegistry.class)).isEmpty();
        assertThat(tales.context().getBeansOfType(LoomPrometheusEndpoint.class)).isEmpty();
        assertThat(tales.get("/actuator/prometheus").body())
                .contains("loom_cache_hits_total{cache_type=\"response\",service=\"tales\"} 1.0\n");
    }

    @Test
    void secondRegistry_getsLoomsMetersToo() throws Exception {
        tales.start(SecondRegistry.class);
        tales.get("/tale");

        assertThat(tales.context().getBean(MeterRegistry.class)).isInstanceOf(CompositeMeterRegistry.class);
        assertThat(tales.context().getBean(SimpleMeterRegistry.class)
                        .get("loom.cache.hits")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(tales.pageWith(expected()).body().lines()).containsAll(expected());
    }

    @Test
    void clientJavasRegistry_isShownBehindOurs() throws Exception {
        tales.start(ClientJava.class);

        String page = tales.get("/actuator/prometheus").body();

        assertThat(page).endsWith("# TYPE drafts_total counter\ndrafts_total 3.0\n");
        assertNoSampleTwice(page);
    }

    @Test
    void loom_switchedOff_leavesAllToBoot() throws Exception {
        tales.start(List.of("--loom.metrics.enabled=false"), RunningTales.NoLoom.class);

        assertThat(tales.context().getBeansOfType(LoomPrometheusRegistry.class)).isEmpty();
        assertThat(tales.context().getBeansOfType(PrometheusMeterRegistry.class)).hasSize(1);
        assertThat(tales.get("/actuator/prometheus").body()).contains("jvm_memory_used_bytes");
    }

    @Test
    void export_switchedOff_hasNoPageButMeters() throws Exception {
        tales.start(List.of("--management.prometheus.metrics.export.enabled=false"));

        assertThat(tales.context().getBeansOfType(LoomPrometheusRegistry.class)).isEmpty();
        assertThat(tales.context().getBean(MeterRegistry.class)).isInstanceOf(SimpleMeterRegistry.class);
        assertThat(tales.get("/tale").statusCode()).isEqualTo(200);
        assertThat(tales.get("/actuator/prometheus").statusCode()).isEqualTo(404);
    }

    @Test
    void descriptions_switchedOff_areNotShown() throws Exception {
        tales.start(List.of("--management.prometheus.metrics.export.descriptions=false"));

        assertThat(tales.get("/actuator/prometheus").body()).contains("# TYPE ").doesNotContain("# HELP ");
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
}
