package io.loom.metrics;

import java.util.Arrays;
import java.util.function.Function;

/**
 * One value for each constant of an enum. Immutable. Unlike a map it has an answer for every key, and its look-up is one array
 * read.
 *
 * @param <E> the enum
 * @param <V> the values
 */
final class PerConstant<E extends Enum<E>, V> {
    private final Object[] values;

    PerConstant(Class<E> type, Function<E, V> value) {
        this.values = Arrays.stream(type.getEnumConstants()).map(value).toArray();
    }

    @SuppressWarnings({"unchecked", "EnumOrdinal"}) // the one place where it is
    V get(E constant) {
        return (V) values[constant.ordinal()];
    }
}
