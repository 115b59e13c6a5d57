package io.headwater.command.intake.preset;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.headwater.command.intake.LeadField;
import io.headwater.command.intake.LeadFields;
import io.headwater.command.platform.web.body.Json;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Which field of a lead a question of a form asks for, told by the question's own words: `E-mail
/// *`, `What is your phone number?`, `yourName`. English words; a source's mapping counts more than
/// any guess, and what is not guessed stays in the payload.
final class Questions {

    /// A letter behind a small one starts a word: `yourName`.
    private static final Pattern CAMEL = Pattern.compile("(?<=[a-z])(?=[A-Z])");

    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

    /// Who of these is asked for is not the person who answers.
    private static final Pattern OTHERS =
            Pattern.compile(
                    " (?:owner|owners|agent|rep|organizer|host|assignee|assigned|sender|referrer|"
                            + "friend|friends|partner|spouse|emergency|manager|admin|notify|error|status) ");

    private static final int LONGEST_QUESTION = 200;
    private static final int FEWEST_DIGITS = 5;

    /// The first that fits counts: `business e-mail` before `business`.
    private static final List<Sign> SIGNS =
            List.of(
                    new Sign(LeadField.EMAIL, "email", "e mail", "mail address"),
                    new Sign(
                            LeadField.PHONE,
                            "phone",
                            "telephone",
                            "mobile",
                            "whatsapp",
                            "cell",
                            "cellphone"),
                    new Sign(LeadField.FIRST_NAME, "first name", "given name", "firstname"),
                    new Sign(
                            LeadField.LAST_NAME, "last name", "surname", "family name", "lastname"),
                    new Sign(
                            LeadField.FULL_NAME,
                            "full name",
                            "your name",
                            "fullname",
                            "contact name",
                            "customer name",
                            "name of contact"),
                    new Sign(
                            LeadField.MESSAGE,
                            "your message",
                            "message",
                            "comments",
                            "comment",
                            "enquiry",
                            "inquiry"));

    private static final int REMEMBERED = 5_000;

    /// Understanding one takes patterns, and every form asks the same few again and again.
    private static final LoadingCache<String, Optional<LeadField>> UNDERSTOOD =
            Caffeine.newBuilder()
                    .maximumSize(REMEMBERED)
                    .build(question -> Optional.ofNullable(mentioned(question)));

    private Questions() {}

    /// @param words whole words, in this order, anywhere in the question
    private record Sign(LeadField field, String... words) {
        boolean isIn(String spaced) {
            for (String word : words) {
                if (spaced.contains(' ' + word + ' ')) {
                    return true;
                }
            }
            return false;
        }
    }

    /// @param byQuestion each answer under its question
    static void answers(LeadFields fields, JsonNode byQuestion) {
        byQuestion
                .properties()
                .forEach(answer -> answer(fields, answer.getKey(), Json.text(answer.getValue())));
    }

    /// The first answer to a question counts. An answer to a question that merely mentions a phone
    /// or an e-mail (`May we phone you?` `Yes`) is none.
    static void answer(LeadFields fields, @Nullable String question, @Nullable String answer) {
        if (question == null || answer == null || question.length() > LONGEST_QUESTION) {
            return;
        }
        LeadField named = LeadField.named(question);
        if (named != null) {
            fields.putIfAbsent(named, answer);
            return;
        }
        UNDERSTOOD
                .get(question)
                .filter(mentioned -> fits(mentioned, answer))
                .ifPresent(mentioned -> fields.putIfAbsent(mentioned, answer));
    }

    private static @Nullable LeadField mentioned(String question) {
        String words =
                NO_WORD.matcher(CAMEL.matcher(question).replaceAll(" "))
                        .replaceAll(" ")
                        .strip()
                        .toLowerCase(Locale.ROOT);
        String spaced = ' ' + words + ' ';
        if (OTHERS.matcher(spaced).find()) {
            return null;
        }
        for (Sign sign : SIGNS) {
            if (sign.isIn(spaced)) {
                return sign.field();
            }
        }
        return LeadField.named(words);
    }

    private static boolean fits(LeadField field, String answer) {
        return switch (field) {
            case EMAIL -> answer.indexOf('@') > 0;
            case PHONE -> answer.chars().filter(Character::isDigit).count() >= FEWEST_DIGITS;
            default -> true;
        };
    }
}
