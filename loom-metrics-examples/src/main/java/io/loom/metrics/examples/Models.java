package io.loom.metrics.examples;

import io.loom.metrics.LoomMetrics;
import io.loom.metrics.examples.llm.ChatClients;
import io.loom.metrics.examples.llm.FictitiousPrices;
import io.loom.metrics.examples.llm.LlmClient;
import io.loom.metrics.examples.llm.Pause;
import io.loom.metrics.examples.llm.SimulatedProvider;
import io.loom.metrics.llm.Pricing;
import io.micrometer.core.instrument.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The models that the service asks, and what they cost. */
final class Models {
    private Models() {}

    /**
     * {@return the models}
     *
     * @param key of the service that answers, if it wants one
     */
    static List<LlmClient> of(ServiceConfig config, Optional<String> key, LoomMetrics loom, Pause pause) {
        return config.chat()
                .map(service -> List.of(ChatClients.of(service, key.orElse(null), loom, pause)))
                .orElseGet(() -> simulated(config, loom, pause));
    }

    private static List<LlmClient> simulated(ServiceConfig config, LoomMetrics loom, Pause pause) {
        return SimulatedProvider.all(config.seed(), config.failures(), Clock.SYSTEM, pause).stream()
                .map(provider -> LlmClient.of(provider, loom, pause))
                .toList();
    }

    /**
     * {@return the prices: those of the file, else made up for simulated models only}
     *
     * @throws IOException where the file cannot be used; the message says why
     */
    static Optional<Pricing> prices(ServiceConfig config) throws IOException {
        if (config.prices().isPresent()) {
            return Optional.of(read(config.prices().get()));
        }
        return config.chat().isPresent() ? Optional.empty() : Optional.of(FictitiousPrices.load());
    }

    private static Pricing read(Path file) throws IOException {
        try {
            return Pricing.read(file);
        } catch (IOException e) {
            throw new IOException("price list " + file + " cannot be read as text in UTF-8", e);
        } catch (IllegalArgumentException e) {
            throw new IOException("price list " + file + ": " + e.getMessage(), e);
        }
    }
}
