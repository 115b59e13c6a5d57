package io.headwater.command.platform.kafka;

import io.headwater.schema.Topics;
import org.apache.avro.specific.SpecificRecord;

/// A topic whose every record is a job to be done: once is enough, more often must be harmless.
///
/// All instances share the jobs. A job counts as done when [#work] returns; then, and when all
/// before it in its partition are done, it is not given again, not even after a crash.
public interface TopicJobs {

    Topics.Topic topic();

    /// Where jobs go, as they were, that nobody can read or do.
    Topics.Topic deadLetters();

    /// Names the consumer group.
    String name();

    /// Does one job and returns when its outcome is durable. Jobs run side by side, each on a
    /// virtual thread of its own.
    ///
    /// @throws io.headwater.streams.UnprocessableException when the job can never be done
    /// @throws RuntimeException to be given the job again soon
    /// @throws InterruptedException when the application stops
    void work(SpecificRecord job) throws InterruptedException;
}
