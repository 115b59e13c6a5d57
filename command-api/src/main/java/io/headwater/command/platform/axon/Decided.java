package io.headwater.command.platform.axon;

import io.headwater.events.command.CommandResult;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/// @param events in order, outside form
record Decided(List<SpecificRecord> events, CommandResult result) {}
