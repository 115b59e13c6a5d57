package io.headwater.streams;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Source records that cannot be decoded or processed go, as they were, to a dead letter topic in
/// the transaction that moves on.
///
/// Only what is the record's own fault: when the registry or a broker is away the application stops
/// and is tried again.
public final class DeadLetters {

    public static final String TOPIC = "headwater.source.topic";
    public static final String PARTITION = "headwater.source.partition";
    public static final String OFFSET = "headwater.source.offset";
    public static final String STAGE = "headwater.stage";
    public static final String CAUSE = "headwater.cause";

    /// Stages.
    public static final String DECODE = "decode";

    public static final String PROCESS = "process";

    /// Setting: name of the dead letter topic.
    private static final String CONFIG = "headwater.dead.letter.topic";

    /// Setting: a `Consumer` told of each dead letter.
    private static final String COUNTER = "headwater.dead.letter.counter";

    /// Setting: a [Circuit].
    private static final String CIRCUIT = "headwater.dead.letter.circuit";

    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);
    private static final int MAX_CAUSE = 300;

    private DeadLetters() {}

    /// Asked about every record that is to become a dead letter.
    @FunctionalInterface
    public interface Circuit {

        /// Attempts: a transaction that is aborted and repeated asks again.
        ///
        /// @return whether the application may go on without this record; else its thread dies, and
        ///   neither it nor what its transaction did so far is skipped
        boolean admits(String topic, int partition, long offset);
    }

    /// Makes an application park what it cannot decode or process.
    ///
    /// @param counted told the stage of each dead letter, [#DECODE] or [#PROCESS]; attempts: a
    ///   transaction that is aborted and repeated counts twice
    public static void parkTo(String topic, Properties settings, Consumer<String> counted) {
        settings.put(
                StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
                WhenUndecodable.class);
        settings.put(
                StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, WhenUnprocessable.class);
        settings.put(CONFIG, topic);
        settings.put(COUNTER, counted);
    }

    /// As [#parkTo(String, Properties, Consumer)], where the letters themselves are counted.
    public static void parkTo(String topic, Properties settings) {
        parkTo(topic, settings, stage -> {});
    }

    /// Limits what an application parks.
    public static void limit(Properties settings, Circuit circuit) {
        settings.put(CIRCUIT, circuit);
    }

    /// Where letters go, from the settings.
    private record Box(String topic, Consumer<Object> counted, Circuit circuit) {
        static final Box NONE = new Box("", stage -> {}, (topic, partition, offset) -> true);

        @SuppressWarnings("unchecked")
        static Box of(Map<String, ?> configs) {
            return new Box(
                    String.valueOf(configs.get(CONFIG)),
                    configs.get(COUNTER) instanceof Consumer<?> counted
                            ? (Consumer<Object>) counted
                            : NONE.counted(),
                    configs.get(CIRCUIT) instanceof Circuit circuit ? circuit : NONE.circuit());
        }

        boolean admits(ErrorHandlerContext context) {
            return circuit.admits(context.topic(), context.partition(), context.offset());
        }
    }

    /// Bytes that are not a record of ours.
    public static final class WhenUndecodable implements DeserializationExceptionHandler {
        private Box box = Box.NONE;

        @Override
        public void configure(Map<String, ?> configs) {
            box = Box.of(configs);
        }

        @Override
        public Response handleError(
                ErrorHandlerContext context,
                ConsumerRecord<byte[], byte[]> source,
                Exception failure) {
            if (isRetriable(failure) || !box.admits(context)) {
                return Response.fail();
            }
            return Response.resume(
                    List.of(letter(box, context, DECODE, failure, source.key(), source.value())));
        }
    }

    /// Records that a processor does not accept.
    public static final class WhenUnprocessable implements ProcessingExceptionHandler {
        private Box box = Box.NONE;

        @Override
        public void configure(Map<String, ?> configs) {
            box = Box.of(configs);
        }

        @Override
        public Response handleError(
                ErrorHandlerContext context, Record<?, ?> processed, Exception failure) {
            boolean ownFault =
                    failure instanceof SerializationException
                            || !(failure instanceof KafkaException);
            if (!ownFault || isRetriable(failure) || !box.admits(context)) {
                return Response.fail();
            }
            return Response.resume(
                    List.of(
                            letter(
                                    box,
                                    context,
                                    PROCESS,
                                    failure,
                                    context.sourceRawKey(),
                                    context.sourceRawValue())));
        }
    }

    /// A record as it was, for whoever reads without Kafka Streams.
    ///
    /// @param stage [#DECODE] or [#PROCESS]
    public static ProducerRecord<byte[], byte[]> letter(
            String topic, ConsumerRecord<byte[], byte[]> source, String stage, Exception failure) {
        // a record of an old producer has none
        @Nullable Long at = source.timestamp() < 0 ? null : Long.valueOf(source.timestamp());
        ProducerRecord<byte[], byte[]> letter =
                new ProducerRecord<byte[], byte[]>(topic, 0, at, source.key(), source.value());
        headers(letter, source.topic(), source.partition(), source.offset(), stage, cause(failure));
        return letter;
    }

    private static ProducerRecord<byte[], byte[]> letter(
            Box box,
            ErrorHandlerContext context,
            String stage,
            Exception failure,
            byte @Nullable [] key,
            byte @Nullable [] value) {
        log.atError()
                .addKeyValue("topic", context.topic())
                .addKeyValue("partition", context.partition())
                .addKeyValue("offset", context.offset())
                .addKeyValue("stage", stage)
                .addKeyValue("cause", cause(failure))
                .log("source record dead-lettered");
        ProducerRecord<byte[], byte[]> letter =
                new ProducerRecord<byte[], byte[]>(box.topic(), 0, context.timestamp(), key, value);
        headers(
                letter,
                context.topic(),
                context.partition(),
                context.offset(),
                stage,
                cause(failure));
        box.counted().accept(stage);
        return letter;
    }

    private static void headers(
            ProducerRecord<byte[], byte[]> letter,
            String topic,
            int partition,
            long offset,
            String stage,
            String cause) {
        header(letter, TOPIC, topic);
        header(letter, PARTITION, String.valueOf(partition));
        header(letter, OFFSET, String.valueOf(offset));
        header(letter, STAGE, stage);
        header(letter, CAUSE, cause);
    }

    private static void header(ProducerRecord<byte[], byte[]> letter, String name, String text) {
        letter.headers().add(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /// Kinds of exceptions, and the messages of ours only: those of parsers may quote the data.
    private static String cause(Throwable failure) {
        var text = new StringBuilder();
        for (Throwable t = failure; t != null && text.length() < MAX_CAUSE; t = t.getCause()) {
            text.append(text.isEmpty() ? "" : " < ").append(t.getClass().getSimpleName());
            if (t instanceof SerializationException || t instanceof UnprocessableException) {
                text.append(": ").append(t.getMessage());
            }
        }
        return text.substring(0, Math.min(text.length(), MAX_CAUSE));
    }

    private static boolean isRetriable(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof RetriableException) {
                return true;
            }
        }
        return false;
    }
}
