package io.loom.metrics.woven;

import io.micrometer.common.annotation.ValueResolver;
import org.jspecify.annotations.Nullable;

/**
 * Where the value of one tag comes from.
 *
 * @param argument the argument's index, or {@link #RESULT}
 * @param resolver makes the value; null for the text of the object itself
 */
record TagSource(int argument, @Nullable ValueResolver resolver) {
    static final int RESULT = -1;

    /** {@return the value, null where there is none; throws what the caller's code throws} */
    @Nullable
    String value(@Nullable Object @Nullable [] arguments, @Nullable Object result) {
        Object subject = argument == RESULT ? result : arguments == null ? null : arguments[argument];
        if (resolver != null) {
            return resolver.resolve(subject);
        }
        return subject == null ? null : subject.toString();
    }
}
