package io.headwater.command.edge;

import io.headwater.command.platform.kafka.FactLog;
import io.headwater.command.platform.kafka.IntakeLog;
import io.headwater.command.platform.kafka.LogUnavailableException;
import io.headwater.events.lead.CaptureLead;
import io.headwater.events.lead.Submission;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Remembers what was appended, or is away.
final class RecordingLog implements IntakeLog, FactLog {

    final List<ProducerRecord<String, SpecificRecord>> records = new CopyOnWriteArrayList<>();
    final List<Integer> appends = new CopyOnWriteArrayList<>();
    volatile boolean away;
    volatile Consumer<SpecificRecord> whenAppended = _ -> {};

    @Override
    public CompletableFuture<Void> append(List<ProducerRecord<String, SpecificRecord>> all) {
        if (away) {
            return CompletableFuture.failedFuture(new LogUnavailableException("away", null));
        }
        appends.add(all.size());
        records.addAll(all);
        all.forEach(record -> whenAppended.accept(record.value()));
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> append(ProducerRecord<String, SpecificRecord> record) {
        return append(List.of(record));
    }

    @Override
    public int partitions(String topic) {
        return 4;
    }

    void clear() {
        records.clear();
        appends.clear();
        away = false;
        whenAppended = _ -> {};
    }

    <T extends SpecificRecord> List<T> of(Class<T> type) {
        return records.stream()
                .map(ProducerRecord::value)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    Submission submission() {
        return of(CaptureLead.class).getLast().getSubmission();
    }
}
