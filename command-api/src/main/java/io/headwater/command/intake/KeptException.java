package io.headwater.command.intake;

import io.headwater.command.platform.web.Problem;

/// An authentic request that cannot be used, and whose body is kept already.
public final class KeptException extends RuntimeException {

    private final transient Problem problem;

    KeptException(Problem problem) {
        super(problem.slug(), null, false, false);
        this.problem = problem;
    }

    /// What to answer.
    public Problem problem() {
        return problem;
    }
}
