package io.loom.metrics.examples.llm;

import io.loom.metrics.llm.ErrorType;
import io.loom.metrics.llm.Usage;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A model that does what it is told, in order, and then writes one sound fantasy story again and again. */
public final class ScriptedProvider implements LlmProvider {
    public static final String SOUND =
            "In the year 410, Mara left the castle. Mara found the rune. Mara kept the sword.";
    public static final Usage USAGE = Usage.of(12, 34);

    private final Queue<Step> script = new ConcurrentLinkedQueue<>();

    public ScriptedProvider writes(String text) {
        script.add(() -> text);
        return this;
    }

    public ScriptedProvider fails(ErrorType type) {
        script.add(() -> {
            throw new ProviderException(this, type);
        });
        return this;
    }

    public ScriptedProvider breaks(RuntimeException bug) {
        script.add(() -> {
            throw bug;
        });
        return this;
    }

    public ScriptedProvider isInterrupted() {
        script.add(() -> {
            throw new InterruptedException();
        });
        return this;
    }

    @Override
    public String name() {
        return "openai";
    }

    @Override
    public String model() {
        return "gpt-4";
    }

    @Override
    public Completion complete(String prompt) throws ProviderException, InterruptedException {
        Step step = script.poll();
        return new Completion(step == null ? SOUND : step.text(), USAGE);
    }

    private interface Step {
        String text() throws ProviderException, InterruptedException;
    }
}
