package io.headwater.command.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;

/// Who asks for something that administrators do, as events tell it.
public final class Actor {

    /// Told by query-api, where people have names; only requests with an administrator's key get so
    /// far as to be asked.
    public static final String HEADER = "X-Headwater-Actor";

    private static final String KEY = "key:admin";
    private static final Pattern TOLD = Pattern.compile("(user|key):[^\\p{Cntrl}]{1,100}");

    private Actor() {}

    /// @return `user:<name>` or `key:<name>`; whoever comes without is the key
    /// @throws ProblemException 400 for another form
    public static String of(HttpServletRequest request) {
        String told = request.getHeader(HEADER);
        if (told == null || told.isBlank()) {
            return KEY;
        }
        if (!TOLD.matcher(told.strip()).matches()) {
            throw new FieldError(HEADER, "must be user:<name> or key:<name>").asException();
        }
        return told.strip();
    }
}
