package io.loom.metrics.binder;

import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import dev.langchain4j.model.openai.OpenAiChatResponseMetadata;
import java.util.regex.Pattern;

/** What an answer of OpenAI's protocol said of its end. Only loaded where there is such an answer. */
final class OpenAiEvents {
    /** Within a story the quotes are escaped. */
    private static final Pattern REASON = Pattern.compile("\"finish_reason\"\\s*:\\s*\"");

    private OpenAiEvents() {}

    /** Other servers than OpenAI's have reasons of their own, and some send the usage with each part. */
    static boolean sayWhyItEnded(ChatResponseMetadata metadata) {
        return ((OpenAiChatResponseMetadata) metadata)
                .rawServerSentEvents().stream()
                        .anyMatch(event -> event.data() != null
                                && REASON.matcher(event.data()).find());
    }
}
