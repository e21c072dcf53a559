package io.loom.metrics.examples.llm;

import io.loom.metrics.llm.ErrorType;
import io.loom.metrics.llm.FinishReason;
import io.loom.metrics.llm.Usage;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A model that does what it is told, in order, and then writes one sound fantasy story again and again. */
public final class ScriptedProvider implements LlmProvider {
    public static final String SOUND =
            "In the year 410, Mara left the castle. Mara found the rune. Mara kept the sword.";
    /** Mara is told of before the story began. */
    public static final String GRAVELY_FLAWED = SOUND + " It was the year 409.";
    /** What ends with it was cut off. */
    public static final String CUT = "…";

    public static final Usage USAGE = Usage.of(12, 34);

    private final Queue<Step> script = new ConcurrentLinkedQueue<>();
    private final String name;
    private final String model;

    public ScriptedProvider() {
        this("openai", "gpt-4");
    }

    private ScriptedProvider(String name, String model) {
        this.name = name;
        this.model = model;
    }

    public static ScriptedProvider of(String name, String model) {
        return new ScriptedProvider(name, model);
    }

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

    /** A refusal that says when to come again. */
    ScriptedProvider asksToWait(Duration duration) {
        script.add(() -> {
            throw new ProviderException("openai/gpt-4", ErrorType.RATE_LIMIT, duration, null);
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
        return name;
    }

    @Override
    public String model() {
        return model;
    }

    @Override
    public Completion complete(String prompt, Runnable chunk) throws ProviderException, InterruptedException {
        Step step = script.poll();
        String text = step == null ? SOUND : step.text();
        chunk.run();
        return new Completion(text, USAGE, text.endsWith(CUT) ? FinishReason.LENGTH : FinishReason.STOP);
    }

    private interface Step {
        String text() throws ProviderException, InterruptedException;
    }
}
