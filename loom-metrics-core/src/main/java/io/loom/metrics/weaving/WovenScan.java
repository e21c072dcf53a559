package io.loom.metrics.weaving;

import java.util.HashSet;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/** Finds the methods of a class file that are woven already: those that have a constant of ours. */
final class WovenScan extends ClassVisitor {
    private final Set<String> found = new HashSet<>();

    private WovenScan() {
        super(OpenedClassReader.ASM_API);
    }

    /** {@return names and descriptors, joined} */
    static Set<String> of(byte[] classFile) {
        WovenScan scan = new WovenScan();
        OpenedClassReader.of(classFile).accept(scan, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return scan.found;
    }

    @Override
    public MethodVisitor visitMethod(
            int modifiers, String name, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        return new MethodVisitor(OpenedClassReader.ASM_API) {
            @Override
            public void visitInvokeDynamicInsn(
                    String constant, String type, Handle bootstrap, Object... bootstrapArguments) {
                if (bootstrap.getOwner().equals(MethodConstant.OWNER)) {
                    found.add(name + descriptor);
                }
            }
        };
    }
}
