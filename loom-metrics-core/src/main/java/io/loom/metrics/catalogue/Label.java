package io.loom.metrics.catalogue;

import java.util.Locale;

/** The labels of the catalogue. An open label takes values from outside and has a value budget; a closed one needs none. */
public enum Label {
    /** The HTTP method: one of the nine standard ones, or {@code other}. */
    METHOD(false),
    /** The route template of an HTTP request. */
    ENDPOINT(true),
    /** The HTTP status, 100 to 599, or {@code unknown}. */
    STATUS(false),
    /** Who serves a model. */
    PROVIDER(true),
    /** The model, as its provider calls it. */
    MODEL(true),
    /** How an LLM call ended: {@code success}, {@code error} or {@code cancelled}. */
    OUTCOME(false),
    /** The side of a token count: {@code prompt} or {@code completion}. */
    TYPE(false),
    /** Why an LLM call failed. */
    ERROR_TYPE(false),
    /** Who serves the model that is asked instead. */
    TO_PROVIDER(true),
    /** The model that is asked instead. */
    TO_MODEL(true),
    /** Why a model stopped writing. */
    FINISH_REASON(false),
    /** What a rate limit is of: {@code requests}, {@code tokens}, {@code input_tokens} or {@code output_tokens}. */
    RESOURCE(false),
    /** Which cache. */
    CACHE_TYPE(true),
    /** The genre of a narrative. */
    GENRE(true),
    /** What a reader did with a narrative. */
    INTERACTION_TYPE(true),
    /** Which story rule. */
    RULE_TYPE(true),
    /** How grave a violation is: {@code minor}, {@code major} or {@code critical}. */
    SEVERITY(false),
    /** The version of the library. */
    VERSION(false),
    /** The commit that the library was built from. */
    REVISION(false),
    /** The meter that a metric of the library about itself speaks of, by its Micrometer name. */
    METER(false),
    /** The label that overflowed. */
    LABEL(false),
    /** Why a value was rejected. */
    REASON(false),
    /** The exposition format of a scrape. */
    FORMAT(false),
    /** The name that a collector of others was added with. */
    COLLECTOR(false),
    /** The name of a monitor plugin. */
    PLUGIN(false);

    private final boolean open;

    Label(boolean open) {
        this.open = open;
    }

    /** {@return the label's name on the wire} */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return whether values come from outside, so that their number needs a bound} */
    public boolean isOpen() {
        return open;
    }
}
