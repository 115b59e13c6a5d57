package io.headwater.query.privacy;

import io.headwater.query.platform.view.Freshness;
import io.headwater.query.platform.view.Reads;
import io.headwater.query.platform.web.ProblemException;
import io.headwater.query.platform.web.ProblemKind;
import io.headwater.schema.SessionFolder;
import io.headwater.schema.ViewTable;
import java.io.OutputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Everything that the read models know of a person, as one JSON document, row by row out of one
/// state of all views:
///
///     {"export": "person", "format": 1, "subject", "made_at", "as_of", "views": [],
///      "person": {}, "erasure", "forgotten", "parts": [{"view", "rows": []}], "recordings": [],
///      "complete": true}
///
/// It has a part for every table that says whose its rows are ([ViewTable]). What ends without
/// `complete` was cut off.
@Component
class PersonExport {

    /// Postgres ends a transaction that asks nothing for as long as a query may run, so a client
    /// that stops reading is cut off; this one is for those that read too slowly.
    private static final Duration LONGEST = Duration.ofMinutes(5);

    /// Rows in memory at once: each may have a body of 1 MB.
    private static final int FETCH_SIZE = 20;

    private static final String CARRIED = "submission_ids";

    /// Documented in docs/erasure.md.
    private static final String WHAT_STAYS =
            "This person asked to be forgotten. Of what there was until then, names, addresses,"
                    + " messages, notes and bodies are cleared or about to be. What stays says that"
                    + " there was a lead, when, from where, and what became of it.";

    private static final String WAITS =
            "This person asked to be forgotten, which has not begun yet: all is still there.";

    private static final String UNKNOWN =
            "This person asked to be forgotten; how far that is nobody could say at the moment.";

    private final PersonQuery people;
    private final JdbcClient jdbc;
    private final Freshness freshness;
    private final Clock clock;
    private final JsonMapper json;

    PersonExport(
            PersonQuery people,
            JdbcClient jdbc,
            Freshness freshness,
            Clock clock,
            JsonMapper json) {
        this.people = people;
        this.jdbc = jdbc;
        this.freshness = freshness;
        this.clock = clock;
        this.json = json;
    }

    /// Projections with rows of people.
    static Set<String> projections() {
        return tables().stream().map(ViewTable::projection).collect(Collectors.toSet());
    }

    private static List<ViewTable> tables() {
        return ViewTable.all().stream().filter(table -> !table.people().isEmpty()).toList();
    }

    /// @param who finds the person in the state that all is read from; empty: writes nothing
    /// @param erasure the job that forgets them; null: nobody asked for that
    /// @param to asked for when there is something to write
    /// @return whether there is such a person
    @Reads({"leads", "sessions", "webhooks"})
    public boolean write(
            Function<PersonQuery, Optional<Person>> who,
            @Nullable JsonNode erasure,
            Supplier<OutputStream> to) {
        var found = who.apply(people);
        found.ifPresent(person -> {
            // Left open when it fails: what is not complete is not made to look so.
            var out =
                    json.writer()
                            .without(StreamWriteFeature.AUTO_CLOSE_CONTENT)
                            .createGenerator(to.get());
            document(person, erasure, out);
            out.flush();
        });
        return found.isPresent();
    }

    private void document(Person person, @Nullable JsonNode erasure, JsonGenerator out) {
        Instant end = clock.instant().plus(LONGEST);
        var stand = freshness.of(projections());
        var generations =
                stand.live().stream()
                        .collect(
                                Collectors.toMap(
                                        Freshness.Live::projection, Freshness.Live::generation));
        out.writeStartObject();
        out.writeStringProperty("export", "person");
        out.writeNumberProperty("format", 1);
        out.writePOJOProperty("subject", person.subject());
        out.writePOJOProperty("made_at", clock.instant());
        out.writePOJOProperty("as_of", stand.asOf());
        out.writePOJOProperty("views", stand.live());
        out.writeName("person");
        ids(person, out);
        out.writePOJOProperty("erasure", erasure);
        out.writePOJOProperty("forgotten", forgotten(person, erasure));
        out.writeArrayPropertyStart("parts");
        for (var table : tables()) {
            part(table, generations.get(table.projection()), person, end, out);
        }
        out.writeEndArray();
        recordings(person.of(Person.SESSION), out);
        out.writeBooleanProperty("complete", true);
        out.writeEndObject();
    }

    private static void ids(Person person, JsonGenerator out) {
        out.writeStartObject();
        person.ids().forEach((column, ids) -> out.writePOJOProperty(column + "s", ids));
        out.writePOJOProperty("visitors", person.visitors());
        out.writePOJOProperty("by_address", person.byAddress());
        out.writePOJOProperty("other_lead_ids", person.otherLeads());
        out.writeEndObject();
    }

    /// @return null: nobody asked for it, or it was withdrawn
    private @Nullable String forgotten(Person person, @Nullable JsonNode erasure) {
        String state = erasure == null ? "" : erasure.path("state").asString();
        return switch (state) {
            case "forgotten", "destroyed", "done" -> WHAT_STAYS;
            case "requested" -> WAITS;
            case "withdrawn" -> null;
            default -> isAsked(person) ? UNKNOWN : null;
        };
    }

    private boolean isAsked(Person person) {
        return jdbc.sql(
                        """
                        select exists (
                            select from read.leads
                            where lead_id = any (:lead_id)
                              and erase_requested_at is not null)
                        """)
                .param(Person.LEAD, person.array(Person.LEAD))
                .query(Boolean.class)
                .single();
    }

    private void part(
            ViewTable table,
            @Nullable Integer generation,
            Person person,
            Instant end,
            JsonGenerator out) {
        out.writeStartObject();
        out.writeStringProperty("view", table.name());
        out.writeStringProperty("projection", table.projection());
        out.writePOJOProperty("generation", generation);
        out.writePOJOProperty("found_by", table.people());
        out.writePOJOProperty("personal", table.personal());
        out.writeArrayPropertyStart("rows");
        var rows = new RowWriter(out);
        jdbc.sql(
                        "select * from read.%s where %s order by %s"
                                .formatted(
                                        table.name(),
                                        table.people().stream()
                                                .map(column -> column + " = any (:" + column + ")")
                                                .collect(Collectors.joining(" or ")),
                                        String.join(", ", table.key())))
                .withFetchSize(FETCH_SIZE)
                .params(
                        table.people().stream()
                                .collect(Collectors.toMap(Function.identity(), person::array)))
                .query(row -> {
                    if (clock.instant().isAfter(end)) {
                        throw new ProblemException(
                                ProblemKind.QUERY_TOO_SLOW, "it took longer than " + LONGEST);
                    }
                    rows.write(row, hidden(table, row, person));
                });
        out.writeEndArray();
        out.writeEndObject();
    }

    /// What a delivery says is of all whom it brought: where they are not all this person, what is
    /// personal in it is another's as well.
    private static Set<String> hidden(ViewTable table, ResultSet row, Person person)
            throws SQLException {
        if (!table.columns().contains(CARRIED)) {
            return Set.of();
        }
        var carried = List.of((Object[]) row.getArray(CARRIED).getArray());
        return person.of(Person.SUBMISSION).containsAll(carried)
                ? Set.of()
                : Stream.concat(table.personal().stream(), Stream.of(CARRIED))
                        .collect(Collectors.toSet());
    }

    /// Where the objects of sessions are. `folder` is null where the id does not tell the day: then
    /// it is `name` in the folder of any day.
    private void recordings(Collection<String> sessions, JsonGenerator out) {
        out.writeArrayPropertyStart("recordings");
        for (String session : sessions) {
            out.writeStartObject();
            out.writeStringProperty(Person.SESSION, session);
            out.writePOJOProperty("folder", SessionFolder.told(session).orElse(null));
            out.writeStringProperty("name", SessionFolder.name(session));
            out.writeEndObject();
        }
        out.writeEndArray();
    }
}
