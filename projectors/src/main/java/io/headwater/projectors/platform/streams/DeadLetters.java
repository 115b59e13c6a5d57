package io.headwater.projectors.platform.streams;

import io.headwater.projectors.platform.fold.UnfoldableException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Source records that cannot be decoded or folded go, as they were, to the generation's dead
/// letter topic in the transaction that moves on; the sink counts them as skipped and shows them.
///
/// Only what is the record's own fault: when the registry or a broker is away the fold stops and is
/// tried again.
public final class DeadLetters {

    public static final String TOPIC = "headwater.source.topic";
    public static final String PARTITION = "headwater.source.partition";
    public static final String OFFSET = "headwater.source.offset";
    public static final String STAGE = "headwater.stage";
    public static final String CAUSE = "headwater.cause";

    /// Setting: name of the dead letter topic.
    static final String CONFIG = "headwater.dead.letter.topic";

    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);
    private static final int MAX_CAUSE = 300;

    private DeadLetters() {}

    /// Bytes that are not a record of ours.
    public static final class WhenUndecodable implements DeserializationExceptionHandler {
        private String topic = "";

        @Override
        public void configure(Map<String, ?> configs) {
            topic = String.valueOf(configs.get(CONFIG));
        }

        @Override
        public Response handleError(
                ErrorHandlerContext context,
                ConsumerRecord<byte[], byte[]> source,
                Exception failure) {
            if (isRetriable(failure)) {
                return Response.fail();
            }
            return Response.resume(
                    List.of(
                            letter(
                                    topic,
                                    context,
                                    "decode",
                                    failure,
                                    source.key(),
                                    source.value())));
        }
    }

    /// Records that the fold does not accept.
    public static final class WhenUnfoldable implements ProcessingExceptionHandler {
        private String topic = "";

        @Override
        public void configure(Map<String, ?> configs) {
            topic = String.valueOf(configs.get(CONFIG));
        }

        @Override
        public Response handleError(
                ErrorHandlerContext context, Record<?, ?> folded, Exception failure) {
            boolean ownFault =
                    failure instanceof SerializationException
                            || !(failure instanceof KafkaException);
            if (!ownFault || isRetriable(failure)) {
                return Response.fail();
            }
            return Response.resume(
                    List.of(
                            letter(
                                    topic,
                                    context,
                                    "fold",
                                    failure,
                                    context.sourceRawKey(),
                                    context.sourceRawValue())));
        }
    }

    private static ProducerRecord<byte[], byte[]> letter(
            String topic,
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
                new ProducerRecord<byte[], byte[]>(topic, 0, context.timestamp(), key, value);
        header(letter, TOPIC, context.topic());
        header(letter, PARTITION, String.valueOf(context.partition()));
        header(letter, OFFSET, String.valueOf(context.offset()));
        header(letter, STAGE, stage);
        header(letter, CAUSE, cause(failure));
        return letter;
    }

    private static void header(ProducerRecord<byte[], byte[]> letter, String name, String text) {
        letter.headers().add(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /// Kinds of exceptions, and the messages of ours only: those of parsers may quote the data.
    private static String cause(Throwable failure) {
        var text = new StringBuilder();
        for (Throwable t = failure; t != null && text.length() < MAX_CAUSE; t = t.getCause()) {
            text.append(text.isEmpty() ? "" : " < ").append(t.getClass().getSimpleName());
            if (t instanceof SerializationException || t instanceof UnfoldableException) {
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
