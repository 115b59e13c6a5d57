package io.headwater.backends;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// One JVM to be started as a child.
///
/// @param jvmOptions what stands before `-cp`
/// @param environment added to ours; secrets go here, not into arguments that everyone can list
/// @param log where standard output and error go
/// @param startLimit until its ready line
/// @param stopLimit from the end of its standard input to its own end; then it is killed
public record ChildSpec(
        String name,
        List<String> jvmOptions,
        String classPath,
        String mainClass,
        List<String> arguments,
        Map<String, String> environment,
        Path log,
        Duration startLimit,
        Duration stopLimit) {}
