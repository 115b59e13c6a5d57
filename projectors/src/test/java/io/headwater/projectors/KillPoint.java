package io.headwater.projectors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/// Ends a process, as `kill -9` does, exactly where it is told: an agent that writes a call into one
/// method of the code under test while it is loaded. The code itself has no hook for it.
///
///     -javaagent:kill-point.jar=AFTER_ROWS:3     the third time that it comes there
public final class KillPoint {

    /// What the process ends with, and nothing else does.
    static final int STATUS = 93;

    /// Where in a batch, in the order of things.
    enum Place {
        /// The batch is read and decoded, nothing is sent to Postgres.
        BEFORE_GUARD("io/headwater/projectors/platform/sink/SinkWriter", "begin", false),
        /// Guard and rows are in the transaction, which is not committed.
        AFTER_ROWS("io/headwater/projectors/platform/sink/SinkWriter", "finish", false),
        /// Postgres has committed; the sink does not know it yet.
        AFTER_POSTGRES_COMMIT("io/headwater/projectors/platform/sink/SinkWriter", "finish", true),
        /// Kafka has committed what the fold read and made; Streams does not know it yet.
        AFTER_KAFKA_COMMIT(
                "org/apache/kafka/clients/producer/KafkaProducer", "commitTransaction", true);

        private final String type;
        private final String method;
        private final boolean atReturn;

        Place(String type, String method, boolean atReturn) {
            this.type = type;
            this.method = method;
            this.atReturn = atReturn;
        }
    }

    private static final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);

    private KillPoint() {}

    /// Options of a JVM that ends there.
    ///
    /// @param folder for the agent's jar
    /// @param time the how manieth time, from 1
    static String option(Path folder, Place place, int time) {
        Path jar = folder.resolve("kill-point.jar");
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", KillPoint.class.getName());
        // its classes are on the class path already
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.finish();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return "-javaagent:%s=%s:%d".formatted(jar, place, time);
    }

    public static void premain(String arguments, Instrumentation instrumentation) {
        String[] words = arguments.split(":", 2);
        left.set(Integer.parseInt(words[1]));
        instrumentation.addTransformer(new Writer(Place.valueOf(words[0])));
    }

    /// Called by the code that was written into.
    public static void reached() {
        if (left.decrementAndGet() == 0) {
            Runtime.getRuntime().halt(STATUS);
        }
    }

    private record Writer(Place place) implements ClassFileTransformer {

        @Override
        public byte @Nullable [] transform(
                ClassLoader loader,
                String name,
                Class<?> redefined,
                ProtectionDomain domain,
                byte[] bytes) {
            if (!place.type.equals(name)) {
                return null;
            }
            try {
                return written(bytes);
            } catch (RuntimeException | Error failed) {
                // whoever loads a class does not hear of a transformer that failed
                failed.printStackTrace();
                Runtime.getRuntime().halt(STATUS + 1);
                throw failed;
            }
        }

        private byte[] written(byte[] bytes) {
            var code = ClassFile.of();
            var model = code.parse(bytes);
            if (model.methods().stream().noneMatch(this::isIt)) {
                throw new IllegalStateException(place + " is not in the code any more");
            }
            return code.transformClass(
                    model,
                    ClassTransform.transformingMethodBodies(
                            this::isIt, place.atReturn ? atReturn() : atStart()));
        }

        private boolean isIt(MethodModel method) {
            return method.methodName().equalsString(place.method) && method.code().isPresent();
        }

        private static CodeTransform atReturn() {
            return (CodeBuilder builder, CodeElement element) -> {
                if (element instanceof ReturnInstruction) {
                    call(builder);
                }
                builder.with(element);
            };
        }

        private static CodeTransform atStart() {
            return CodeTransform.ofStateful(() ->
                    new CodeTransform() {
                        @Override
                        public void atStart(CodeBuilder builder) {
                            call(builder);
                        }

                        @Override
                        public void accept(CodeBuilder builder, CodeElement element) {
                            builder.with(element);
                        }
                    });
        }

        private static void call(CodeBuilder builder) {
            builder.invokestatic(
                    ClassDesc.of(KillPoint.class.getName()),
                    "reached",
                    MethodTypeDesc.of(ConstantDescs.CD_void));
        }
    }
}
