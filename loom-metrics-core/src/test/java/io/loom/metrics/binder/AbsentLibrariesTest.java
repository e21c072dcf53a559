package io.loom.metrics.binder;

import static io.loom.metrics.binder.ScriptedChatModel.RESPONSE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loom.metrics.LoomMetrics;
import io.loom.metrics.Severity;
import io.loom.metrics.llm.Usage;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The libraries that are optional, one missing at a time and then all. */
class AbsentLibrariesTest {
    private static final List<String> OPTIONAL = List.of(
            "com.fasterxml.jackson.",
            "com.github.benmanes.caffeine.",
            "com.sun.net.httpserver.",
            "dev.langchain4j.",
            "jakarta.servlet.",
            "net.bytebuddy.",
            "org.assertj.",
            "org.springframework.",
            "reactor.");

    private static final List<String> NEEDY = List.of("assertj.", "binder.", "weaving.");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.fasterxml.jackson.databind.ObjectMapper",
                "com.github.benmanes.caffeine.cache.Cache",
                "com.sun.net.httpserver.HttpServer",
                "dev.langchain4j.model.chat.ChatModel",
                "jakarta.servlet.Filter",
                "net.bytebuddy.ByteBuddy",
                "org.assertj.core.api.Assertions",
                "org.springframework.ai.chat.model.ChatModel",
                "reactor.core.publisher.Mono",
            })
    void library_thatIsAbsent_harmsNothingElse(String className) throws Exception {
        String library =
                OPTIONAL.stream().filter(className::startsWith).findFirst().orElseThrow();
        try (HidingLoader loader = HidingLoader.hiding(List.of(library))) {
            assertThatCode(() -> Class.forName(className)).doesNotThrowAnyException();
            assertThatThrownBy(() -> loader.loadClass(className)).isInstanceOf(ClassNotFoundException.class);
            assertThat(requests(loader, Service.class)).isEqualTo(2);
        }
    }

    @Test
    void allLibraries_absent_harmNothing() throws Exception {
        try (HidingLoader loader = HidingLoader.hiding(OPTIONAL)) {
            assertThat(requests(loader, Service.class)).isEqualTo(2);
        }
    }

    /** Also those that no test above comes by; initialising a class links it. */
    @Test
    void everyClass_butAdaptersAssertionsAndTheWeaver_needsNoneOfThem() throws Exception {
        try (HidingLoader loader = HidingLoader.hiding(OPTIONAL)) {
            assertThat(coreClasses())
                    .hasSizeGreaterThan(60)
                    .allSatisfy(name -> assertThatCode(() -> Class.forName(name, true, loader))
                            .doesNotThrowAnyException());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev.langchain4j.model.openai.", "dev.langchain4j.model.anthropic."})
    void langChain4j_withoutOneOfItsProviders_isMetered(String provider) throws Exception {
        try (HidingLoader loader = HidingLoader.hiding(List.of(provider))) {
            assertThat(requests(loader, LangChain4jService.class)).isEqualTo(2);
        }
    }

    private static double requests(ClassLoader loader, Class<? extends DoubleSupplier> service) throws Exception {
        Class<?> hidden = loader.loadClass(service.getName());
        assertThat(hidden).isNotSameAs(service);
        Constructor<?> maker = hidden.getDeclaredConstructor();
        maker.setAccessible(true); // its package is another one at run time
        return ((DoubleSupplier) maker.newInstance()).getAsDouble();
    }

    private static List<String> coreClasses() throws IOException, URISyntaxException {
        Path classes = Path.of(LoomMetrics.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Stream<Path> files = Files.walk(classes.resolve("io"))) {
            return files.map(file -> classes.relativize(file).toString())
                    .filter(file -> file.endsWith(".class") && !file.endsWith("package-info.class"))
                    .map(file -> file.substring(0, file.length() - ".class".length())
                            .replace('/', '.')
                            .replace('\\', '.'))
                    .filter(name -> NEEDY.stream().noneMatch(room -> name.startsWith("io.loom.metrics." + room)))
                    .toList();
        }
    }

    /** A service that uses every room but the adapters; loaded once more where libraries are hidden. */
    static final class Service implements DoubleSupplier {
        Service() {}

        @Override
        public double getAsDouble() {
            MeterRegistry registry = new SimpleMeterRegistry();
            try (LoomMetrics loom = LoomMetrics.of(registry)) {
                loom.http().record("GET", "/", 200, Duration.ZERO);
                loom.llm("openai", "gpt-4").call(() -> "Once", reply -> Usage.of(1, 2));
                loom.llm("openai", "gpt-4").start().fail(new IllegalStateException());
                loom.cache("response").hit();
                loom.sessions().open().close();
                loom.narratives().generated("fantasy", 1240, Duration.ZERO);
                loom.rules().violated("consistency", Severity.MAJOR);
                loom.interactions().rate(4);
                loom.counter("drafts", "Help.", "kind").with("outline").increment();
                return registry.get("loom.llm.requests").counter().count();
            }
        }
    }

    /** One call that is answered and one that fails. */
    static final class LangChain4jService implements DoubleSupplier {
        LangChain4jService() {}

        @Override
        public double getAsDouble() {
            MeterRegistry registry = new SimpleMeterRegistry();
            LoomMetrics loom = LoomMetrics.of(registry);
            new ScriptedChatModel(() -> RESPONSE, LoomChatModelListener.of(loom)).chat("Tell me a story");
            LoomStreamingChatModel.of(
                            new ScriptedStreamingModel(told -> told.onError(new IllegalStateException())), loom)
                    .chat("Tell me a story", new RecordingHandler());
            return registry.get("loom.llm.requests").counter().count();
        }
    }
}
