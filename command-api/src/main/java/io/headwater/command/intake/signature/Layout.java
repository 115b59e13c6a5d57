package io.headwater.command.intake.signature;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a proof is written.
sealed interface Layout {

    /// More signatures than this in one header are nobody's rotation.
    int MAX_SIGNATURES = 20;

    /// @param signatures as written, still encoded
    /// @param time as written; null: it stands elsewhere, or nowhere
    /// @param failure why it cannot be read; null: it can
    record Claim(List<String> signatures, @Nullable String time, @Nullable Reason failure) {

        static Claim failed(Reason reason) {
            return new Claim(List.of(), null, reason);
        }
    }

    Claim read(String text);

    /// `<prefix><signature>`.
    record Plain(String prefix) implements Layout {
        @Override
        public Claim read(String text) {
            return text.startsWith(prefix)
                    ? new Claim(List.of(text.substring(prefix.length()).strip()), null, null)
                    : Claim.failed(Reason.MALFORMED);
        }
    }

    /// `t=<time>,v1=<signature>[,v1=<signature>…]`, in any order, other names left aside.
    record Pairs(String timeName, String signatureName) implements Layout {
        @Override
        public Claim read(String text) {
            String time = null;
            var signatures = new ArrayList<String>();
            boolean otherVersion = false;
            for (String pair : text.split(",", 2 * MAX_SIGNATURES)) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? "" : pair.substring(0, equals).strip();
                String value = pair.substring(equals + 1).strip();
                if (name.equals(timeName)) {
                    time = value;
                } else if (name.equals(signatureName)) {
                    signatures.add(value);
                } else {
                    otherVersion |= !name.isEmpty();
                }
            }
            if (time == null || (signatures.isEmpty() && !otherVersion)) {
                return Claim.failed(Reason.MALFORMED);
            }
            return signatures.isEmpty()
                    ? Claim.failed(Reason.UNSUPPORTED_VERSION)
                    : new Claim(signatures, time, null);
        }
    }

    /// `v1,<signature> v1,<signature> v2,…`, separated by spaces.
    record Versions(String version) implements Layout {
        @Override
        public Claim read(String text) {
            var signatures = new ArrayList<String>();
            boolean otherVersion = false;
            for (String entry : text.split(" ", MAX_SIGNATURES)) {
                int comma = entry.indexOf(',');
                if (comma > 0 && entry.substring(0, comma).equals(version)) {
                    signatures.add(entry.substring(comma + 1));
                } else {
                    otherVersion |= comma > 0;
                }
            }
            if (signatures.isEmpty()) {
                return Claim.failed(otherVersion ? Reason.UNSUPPORTED_VERSION : Reason.MALFORMED);
            }
            return new Claim(signatures, null, null);
        }
    }
}
