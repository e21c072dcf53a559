package io.loom.metrics.prometheus.exposition;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * client_java's generated classes for {@code metrics.proto}. The name of their package has the version of protobuf in it, which
 * is another one in nearly each release, so they are found by reflection.
 */
final class GeneratedParser {
    private static final Class<?> METRICS = metrics();
    private static final Map<Class<?>, Map<String, Method>> GETTERS = new ConcurrentHashMap<>();

    private GeneratedParser() {}

    /** {@return all messages of a page, in their order} */
    static List<Object> parse(byte[] page) {
        InputStream in = new ByteArrayInputStream(page);
        List<Object> messages = new ArrayList<>();
        try {
            Class<?> family = Class.forName(METRICS.getName() + "$MetricFamily");
            Object message = call(family, null, "parseDelimitedFrom", InputStream.class, in);
            while (message != null) {
                messages.add(message);
                message = call(family, null, "parseDelimitedFrom", InputStream.class, in);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("the page must be messages, each behind its length", e);
        }
        return messages;
    }

    /** {@return the text form of a message, as protobuf's own library prints it} */
    static String text(Object message) {
        try {
            Class<?> format = Class.forName(message.getClass().getSuperclass().getPackageName() + ".TextFormat");
            Object printer = format.getMethod("printer").invoke(null);
            Object plain = call(printer.getClass(), printer, "escapingNonAscii", boolean.class, false);
            Class<?> printed = Class.forName(message.getClass().getSuperclass().getPackageName() + ".MessageOrBuilder");
            return (String) call(plain.getClass(), plain, "printToString", printed, message);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@return the fields that a message has, by their names; nested messages are maps, too} */
    static Map<String, Object> fields(Object message) {
        try {
            Object unknown = get(message, "getUnknownFields");
            if (!((Map<?, ?>) get(unknown, "asMap")).isEmpty()) {
                throw new IllegalArgumentException("must have no field that metrics.proto does not know: " + message);
            }
            Map<String, Object> fields = new LinkedHashMap<>();
            for (Map.Entry<?, ?> field : ((Map<?, ?>) get(message, "getAllFields")).entrySet()) {
                fields.put((String) get(field.getKey(), "getName"), value(field.getValue()));
            }
            return fields;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object value(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(GeneratedParser::value).toList();
        }
        if (value instanceof Number || value instanceof String) {
            return value;
        }
        return isMessage(value) ? fields(value) : value.toString();
    }

    /** Of {@code metrics.proto}, or one of protobuf's own: a timestamp. */
    private static boolean isMessage(Object value) {
        return value.getClass().getSuperclass().getSimpleName().equals("GeneratedMessage");
    }

    private static Object get(Object target, String method) throws ReflectiveOperationException {
        return GETTERS.computeIfAbsent(target.getClass(), type -> new ConcurrentHashMap<>())
                .computeIfAbsent(method, name -> getter(target.getClass(), name))
                .invoke(target);
    }

    private static Method getter(Class<?> type, String name) {
        try {
            Method getter = type.getMethod(name);
            getter.setAccessible(true);
            return getter;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object call(Class<?> type, Object target, String method, Class<?> parameter, Object argument)
            throws ReflectiveOperationException {
        try {
            return type.getMethod(method, parameter).invoke(target, argument);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(method + " failed", e.getCause());
        }
    }

    private static Class<?> metrics() {
        try {
            return Class.forName("io.prometheus.metrics.expositionformats.generated.Metrics")
                    .getSuperclass();
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
