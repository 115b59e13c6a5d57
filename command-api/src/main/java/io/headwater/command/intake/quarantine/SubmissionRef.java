package io.headwater.command.intake.quarantine;

/// A submission and the site that it belongs to, by which it is found.
public record SubmissionRef(String siteId, String submissionId) {}
