package io.loom.metrics.weaving;

import net.bytebuddy.asm.Advice.ArgumentHandler;
import net.bytebuddy.asm.Advice.OffsetMapping;
import net.bytebuddy.description.annotation.AnnotationDescription;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.method.ParameterDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.implementation.bytecode.StackManipulation;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * The constant of a method: an {@code invokedynamic} that is linked once and then costs nothing. It needs no field, so that
 * classes that are loaded can be woven, too.
 */
final class MethodConstant implements OffsetMapping.Factory<Woven> {
    /** By name: whoever weaves may not see the class. */
    static final String OWNER = "io/loom/metrics/woven/WovenMethod";

    private static final String TYPE = "()L" + OWNER + ";";
    private static final Handle BOOTSTRAP = new Handle(
            Opcodes.H_INVOKESTATIC,
            OWNER,
            "bootstrap",
            "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;Ljava/lang/String;"
                    + "Ljava/lang/String;)Ljava/lang/invoke/CallSite;",
            false);

    @Override
    public Class<Woven> getAnnotationType() {
        return Woven.class;
    }

    @Override
    public OffsetMapping make(
            ParameterDescription.InDefinedShape target,
            AnnotationDescription.Loadable<Woven> annotation,
            AdviceType adviceType) {
        return MethodConstant::resolve;
    }

    private static OffsetMapping.Target resolve(
            TypeDescription type,
            MethodDescription method,
            Assigner assigner,
            ArgumentHandler arguments,
            OffsetMapping.Sort sort) {
        return new OffsetMapping.Target.ForStackManipulation(
                new Load(method.getInternalName(), method.getDescriptor()));
    }

    /** Pushes the constant of one method. */
    private static final class Load extends StackManipulation.AbstractBase {
        private final String name;
        private final String descriptor;

        Load(String name, String descriptor) {
            this.name = name;
            this.descriptor = descriptor;
        }

        @Override
        public Size apply(MethodVisitor visitor, Implementation.Context context) {
            visitor.visitInvokeDynamicInsn("method", TYPE, BOOTSTRAP, name, descriptor);
            return new Size(1, 1);
        }
    }
}
