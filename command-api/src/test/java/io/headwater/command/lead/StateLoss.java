package io.headwater.command.lead;

import io.headwater.command.RunningDecider;
import io.headwater.schema.Topics;
import io.headwater.state.IdentityState;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/// What can be lost beside the events.
record StateLoss(RunningDecider decider) {

    private static final String CHANGELOG = "decider-lead-lead-%s-v4-changelog";

    /// Two changelogs are gone, and every person of a third is another lead's.
    void destroyStores() throws ExecutionException, InterruptedException {
        decider.admin()
                .deleteTopics(
                        List.of(CHANGELOG.formatted("entities"), CHANGELOG.formatted("waiting")))
                .all()
                .get();
        var identities = CHANGELOG.formatted("identities");
        for (var record : decider.log().read(identities)) {
            decider.write(
                    new ProducerRecord<>(
                            identities,
                            record.partition(),
                            record.key(),
                            new IdentityState("main_other")));
        }
    }

    /// All commands and results so far.
    void forgetCommandsAndResults() throws ExecutionException, InterruptedException {
        for (String topic : List.of(Topics.LEAD_COMMANDS.name(), Topics.COMMAND_RESULTS.name())) {
            var all =
                    RunningDecider.partitions(topic).stream()
                            .collect(Collectors.toMap(one -> one, _ -> OffsetSpec.latest()));
            var ends = new HashMap<TopicPartition, RecordsToDelete>();
            decider.admin()
                    .listOffsets(all)
                    .all()
                    .get()
                    .forEach((partition, end) ->
                            ends.put(partition, RecordsToDelete.beforeOffset(end.offset())));
            decider.admin().deleteRecords(ends).all().get();
        }
    }
}
