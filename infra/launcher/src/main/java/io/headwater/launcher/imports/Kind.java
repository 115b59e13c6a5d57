package io.headwater.launcher.imports;

/// What a file holds.
enum Kind {
    LEADS("leads"),
    SITES("sites"),
    FORMS("forms"),
    SESSIONS("sessions");

    private final String label;

    Kind(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    static Kind of(String label) {
        for (Kind kind : values()) {
            if (kind.label.equals(label)) {
                return kind;
            }
        }
        throw new ImportException("expected leads, sites, forms or sessions, got '" + label + "'");
    }
}
