package io.loom.metrics.examples.llm;

import io.loom.metrics.llm.FinishReason;
import io.loom.metrics.llm.Usage;
import org.jspecify.annotations.Nullable;

/**
 * A model's answer.
 *
 * @param usage null where the provider does not say
 * @param finish why it ended: {@link FinishReason#LENGTH} where it was cut off
 */
public record Completion(String text, @Nullable Usage usage, FinishReason finish) {
    /** {@return whether the model came to its end} */
    public boolean whole() {
        return finish != FinishReason.LENGTH;
    }
}
