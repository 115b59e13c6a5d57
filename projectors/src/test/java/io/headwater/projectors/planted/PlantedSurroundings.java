package io.headwater.projectors.planted;

import java.nio.charset.Charset;
import java.text.NumberFormat;
import java.text.SimpleDateFormat;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.FormatStyle;
import java.util.Formatter;
import java.util.Locale;
import java.util.TimeZone;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Ways to answer as the machine does, not as the record says.
public final class PlantedSurroundings {

    private PlantedSurroundings() {}

    static final class OfEnvironment {
        @Nullable String get() {
            return System.getenv("HOME");
        }
    }

    static final class OfProperty {
        @Nullable String get() {
            return System.getProperty("user.dir");
        }
    }

    static final class OfProperties {
        int count() {
            return System.getProperties().size();
        }
    }

    static final class OfLineSeparator {
        String get() {
            return System.lineSeparator();
        }
    }

    static final class OfBoolean {
        boolean get() {
            return Boolean.getBoolean("a");
        }
    }

    static final class OfInteger {
        @Nullable Integer get() {
            return Integer.getInteger("a");
        }
    }

    static final class OfLong {
        @Nullable Long get() {
            return Long.getLong("a");
        }
    }

    static final class OfLocale {
        Locale get() {
            return Locale.getDefault();
        }
    }

    static final class OfZone {
        ZoneId get() {
            return ZoneId.systemDefault();
        }
    }

    static final class OfTimeZone {
        TimeZone get() {
            return TimeZone.getDefault();
        }
    }

    static final class OfCharset {
        Charset get() {
            return Charset.defaultCharset();
        }
    }

    static final class OfBytes {
        byte[] bytes(String text) {
            return text.getBytes();
        }
    }

    static final class OfText {
        String text(byte[] bytes) {
            return new String(bytes);
        }
    }

    static final class OfLowerCase {
        UnaryOperator<String> lower() {
            return String::toLowerCase;
        }
    }

    static final class OfUpperCase {
        String upper(String text) {
            return text.toUpperCase();
        }
    }

    static final class OfFormat {
        String text(double amount) {
            return String.format("%.2f", amount);
        }
    }

    static final class OfFormatted {
        String text(double amount) {
            return "%.2f".formatted(amount);
        }
    }

    static final class OfFormatter {
        Formatter formatter() {
            return new Formatter();
        }
    }

    static final class OfPattern {
        DateTimeFormatter formatter() {
            return DateTimeFormatter.ofPattern("EEEE");
        }
    }

    static final class OfBuilder {
        DateTimeFormatter formatter() {
            return new DateTimeFormatterBuilder().appendPattern("EEEE").toFormatter();
        }
    }

    static final class OfStyle {
        DateTimeFormatter formatter() {
            return DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL);
        }
    }

    static final class OfNumbers {
        NumberFormat format() {
            return NumberFormat.getInstance();
        }
    }

    static final class OfDates {
        SimpleDateFormat format() {
            return new SimpleDateFormat("EEEE");
        }
    }

    static final class OfProcessors {
        int count() {
            return Runtime.getRuntime().availableProcessors();
        }
    }
}
