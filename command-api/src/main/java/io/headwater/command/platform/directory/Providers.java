package io.headwater.command.platform.directory;

import java.util.Map;
import java.util.SortedSet;

/// The lead providers that deliveries can be taken from: known to who takes them, asked by who
/// configures sources and by who describes the API.
public interface Providers {

    /// As in the URL of a webhook.
    SortedSet<String> names();

    /// @param mapping lead field to path in the body
    /// @return what is wrong, by lead field; empty when the mapping can be used
    Map<String, String> wrongIn(Map<String, String> mapping);
}
