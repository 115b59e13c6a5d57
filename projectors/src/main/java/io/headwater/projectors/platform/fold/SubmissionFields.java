package io.headwater.projectors.platform.fold;

import io.headwater.events.Pii;
import io.headwater.events.lead.Submission;
import io.headwater.schema.Copies;
import io.headwater.schema.ToldFields;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;

/// A submission with some of its fields told anew, as edits and corrections tell them: text by the
/// name of the field.
public final class SubmissionFields {

    private SubmissionFields() {}

    /// Fields that this version does not know are left alone; so are those that must not be absent.
    ///
    /// @param names of all that changed
    /// @param after values; absent ones are absent now
    /// @throws UnfoldableException when a value is none of its field
    public static Submission with(Submission known, Set<String> names, Map<String, Pii> after) {
        try {
            return ToldFields.with(known, names, after);
        } catch (IllegalArgumentException none) {
            throw new UnfoldableException(String.valueOf(none.getMessage()));
        }
    }

    /// Without anything personal: what roll-ups keep.
    public static Submission impersonal(Submission submission) {
        var left = Copies.of(submission);
        for (Schema.Field field : left.getSchema().getFields()) {
            switch (left.get(field.pos())) {
                case Pii _ -> left.put(field.pos(), null);
                // consents: nobody counts them
                case List<?> _ -> left.put(field.pos(), List.of());
                case null, default -> {}
            }
        }
        return left;
    }
}
