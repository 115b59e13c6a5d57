package io.headwater.command.platform.enrich;

/// What a user agent claims to be.
///
/// @param browser family, `Other` when unknown
/// @param os family, `Other` when unknown
/// @param device desktop, mobile, tablet, bot or unknown
/// @param bot whether it names itself a robot
public record Agent(String browser, String os, String device, boolean bot) {}
