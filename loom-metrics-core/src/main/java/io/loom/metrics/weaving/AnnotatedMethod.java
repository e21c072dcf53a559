package io.loom.metrics.weaving;

import io.loom.metrics.annotation.MethodAnnotations;
import io.loom.metrics.annotation.TimedMeter;
import java.util.concurrent.CompletionStage;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;

/**
 * A method that is to be metered.
 *
 * @param annotations what is asked for
 * @param isOwn whether the method itself is annotated, not only its class
 */
record AnnotatedMethod(MethodDescription.InDefinedShape method, MethodAnnotations annotations, boolean isOwn) {
    private static final String MONO = "reactor.core.publisher.Mono";
    private static final String FLUX = "reactor.core.publisher.Flux";

    boolean hasBody() {
        return !method.isAbstract() && !method.isNative();
    }

    /** {@return what is copied into it} */
    Class<?> advice() {
        TypeDescription returned = method.getReturnType().asErasure();
        if (returned.getName().equals(MONO) || returned.getName().equals(FLUX)) {
            return PublisherAdvice.class;
        }
        if (!annotations.tags().isEmpty()) {
            return TaggedAdvice.class;
        }
        boolean hasLongTask = annotations.timed().stream().anyMatch(TimedMeter::longTask);
        return hasLongTask || isStage(returned) ? CallAdvice.class : PlainAdvice.class;
    }

    /** {@return name and descriptor, joined} */
    String key() {
        return method.getInternalName() + method.getDescriptor();
    }

    /** {@return the name for messages} */
    String fullName() {
        return method.getDeclaringType().getName() + '.' + method.getName();
    }

    private static boolean isStage(TypeDescription type) {
        return !type.isPrimitive() && type.isAssignableTo(CompletionStage.class);
    }
}
