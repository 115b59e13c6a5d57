package io.headwater.command.intake.plan;

import io.headwater.command.platform.postgres.OpsDatabase;
import io.headwater.command.platform.web.body.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// The rows of plans. Whatever a worker writes is guarded by its lease, except outcomes of steps:
/// those are facts whoever writes them.
@Component
public class Plans {

    private static final String COLUMNS =
            """
            plan_id, kind, status, source_id, rate_per_second, details::text, result::text, actor,
            error, created_at, started_at, finished_at, paced_until\
            """;

    private final OpsDatabase database;
    private final TransactionTemplate transactions;

    Plans(OpsDatabase database, TransactionTemplate transactions) {
        this.database = database;
        this.transactions = transactions;
    }

    /// A plan that is to be made.
    public record Wanted(
            String planId,
            Plan.Kind kind,
            @Nullable String sourceId,
            double ratePerSecond,
            JsonNode details,
            String actor) {}

    /// @param items may be empty, when they are to be found first
    public Plan make(Wanted wanted, List<Plan.Item> items) {
        transactions.executeWithoutResult(_ -> {
            database.jdbc()
                    .sql(
                            """
                            insert into ops_command.plan
                              (plan_id, kind, status, source_id, rate_per_second, details, actor)
                            values (:id, :kind, 'predicting', :source, :rate, :details::jsonb, :actor)
                            """)
                    .param("id", wanted.planId())
                    .param("kind", wanted.kind().toString())
                    .param("source", wanted.sourceId())
                    .param("rate", wanted.ratePerSecond())
                    .param("details", Json.write(Json.clean(wanted.details())))
                    .param("actor", wanted.actor())
                    .update();
            add(wanted.planId(), items);
        });
        return find(wanted.planId()).orElseThrow();
    }

    /// Steps of a plan; those that it has stay.
    public void add(String planId, List<Plan.Item> items) {
        database.jdbc()
                .sql(
                        """
                        insert into ops_command.plan_item
                          (plan_id, position, site_id, submission_id, predicted)
                        select :id, i.position, i.site_id, i.submission_id, i.predicted
                        from jsonb_to_recordset(:items::jsonb) as i(
                          position int, site_id text, submission_id text, predicted text)
                        on conflict do nothing
                        """)
                .param("id", planId)
                .param("items", Json.write(rows(items)))
                .update();
    }

    private static ArrayNode rows(List<Plan.Item> items) {
        var rows = JsonNodeFactory.instance.arrayNode(items.size());
        for (var item : items) {
            rows.addObject()
                    .put("position", item.position())
                    .put("site_id", item.siteId())
                    .put("submission_id", item.submissionId())
                    .put("predicted", item.predicted());
        }
        return rows;
    }

    public Optional<Plan> find(String planId) {
        return database.jdbc()
                .sql("select " + COLUMNS + " from ops_command.plan where plan_id = :id")
                .param("id", planId)
                .query(Plans::plan)
                .optional();
    }

    /// @param kind null: of every kind
    /// @param sourceId null: of every source
    /// @return those that are worked on first, then the newest
    public List<Plan> list(Plan.@Nullable Kind kind, @Nullable String sourceId, int limit) {
        return database.jdbc()
                .sql(
                        "select "
                                + COLUMNS
                                + """
                                 from ops_command.plan
                                where (:kind::text is null or kind = :kind)
                                  and (:source::text is null or source_id = :source)
                                order by status in ('predicting', 'running') desc, created_at desc
                                limit :limit
                                """)
                .param("kind", kind == null ? null : kind.toString())
                .param("source", sourceId)
                .param("limit", limit)
                .query(Plans::plan)
                .list();
    }

    /// Steps by what the dry run said, and by what became of them.
    public PlanProgress progress(String planId) {
        var progress = new PlanProgress.Counting();
        database.jdbc()
                .sql(
                        """
                        select coalesce(predicted, '') as predicted,
                          coalesce(predicted_code, '') as predicted_code,
                          coalesce(outcome, '') as outcome, coalesce(code, '') as code,
                          count(*) as steps
                        from ops_command.plan_item
                        where plan_id = :id
                        group by 1, 2, 3, 4
                        """)
                .param("id", planId)
                .query(row -> {
                    progress.add(
                            row.getString("predicted"),
                            row.getString("predicted_code"),
                            row.getString("outcome"),
                            row.getString("code"),
                            row.getInt("steps"));
                });
        return progress.done();
    }

    /// @return the plan, now this instance's until the lease ends; empty when there is nothing to
    ///   do
    Optional<Plan> claim(String owner, Duration lease) {
        return database.jdbc()
                .sql(
                        """
                        update ops_command.plan
                        set lease_owner = :owner, lease_until = now() + :lease * interval '1 ms'
                        where plan_id = (
                          select plan_id
                          from ops_command.plan
                          where status in ('predicting', 'running')
                            and (lease_until is null or lease_until < now())
                          order by created_at
                          limit 1
                          for update skip locked)
                        returning
                        """
                                + COLUMNS)
                .param("owner", owner)
                .param("lease", lease.toMillis())
                .query(Plans::plan)
                .optional();
    }

    /// @param pacedUntil no step before this from now on; null: as it was
    /// @return false: the plan is another instance's, or nobody's any more
    boolean keep(String planId, String owner, Duration lease, @Nullable Instant pacedUntil) {
        return database.jdbc()
                        .sql(
                                """
                                update ops_command.plan
                                set lease_until = now() + :lease * interval '1 ms',
                                  paced_until = coalesce(:paced::timestamptz, paced_until)
                                where plan_id = :id and lease_owner = :owner
                                  and status in ('predicting', 'running')
                                """)
                        .param("lease", lease.toMillis())
                        .param("paced", pacedUntil == null ? null : Timestamp.from(pacedUntil))
                        .param("id", planId)
                        .param("owner", owner)
                        .update()
                == 1;
    }

    /// Gives it back, so that another instance need not wait for the lease to end.
    void release(String planId, String owner) {
        database.jdbc()
                .sql(
                        """
                        update ops_command.plan
                        set lease_owner = null, lease_until = null
                        where plan_id = :id and lease_owner = :owner
                        """)
                .param("id", planId)
                .param("owner", owner)
                .update();
    }

    /// @param status that follows, from the one that the worker saw
    void finish(
            String planId, String owner, Plan.Status from, Plan.Status to, @Nullable String error) {
        database.jdbc()
                .sql(
                        """
                        update ops_command.plan
                        set status = :to, error = :error, lease_owner = null, lease_until = null,
                          finished_at = case when :to = 'ready' then null else now() end
                        where plan_id = :id and lease_owner = :owner and status = :from
                        """)
                .param("to", to.toString())
                .param("from", from.toString())
                .param("error", error)
                .param("id", planId)
                .param("owner", owner)
                .update();
    }

    /// What the prediction found.
    public void result(String planId, JsonNode result) {
        database.jdbc()
                .sql("update ops_command.plan set result = :result::jsonb where plan_id = :id")
                .param("result", Json.write(result))
                .param("id", planId)
                .update();
    }

    /// @return whether it may be started; a plan that is running is
    public boolean start(String planId) {
        return database.jdbc()
                        .sql(
                                """
                                update ops_command.plan
                                set status = 'running', started_at = coalesce(started_at, now())
                                where plan_id = :id and status in ('ready', 'running')
                                """)
                        .param("id", planId)
                        .update()
                == 1;
    }

    /// @return whether it is cancelled now; one that is over stays what it is
    public boolean cancel(String planId) {
        return database.jdbc()
                        .sql(
                                """
                                update ops_command.plan
                                set status = 'cancelled', finished_at = coalesce(finished_at, now())
                                where plan_id = :id
                                  and status in ('predicting', 'ready', 'running', 'cancelled')
                                """)
                        .param("id", planId)
                        .update()
                == 1;
    }

    List<Plan.Item> unforetold(String planId, int limit) {
        return items(planId, "predicted is null", limit);
    }

    List<Plan.Item> undone(String planId, int limit) {
        return items(planId, "outcome is null", limit);
    }

    private List<Plan.Item> items(String planId, String which, int limit) {
        return database.jdbc()
                .sql(
                        """
                        select position, site_id, submission_id, predicted
                        from ops_command.plan_item
                        where plan_id = :id and %s
                        order by position
                        limit :limit
                        """
                                .formatted(which))
                .param("id", planId)
                .param("limit", limit)
                .query((row, _) ->
                        new Plan.Item(
                                row.getInt("position"),
                                row.getString("site_id"),
                                row.getString("submission_id"),
                                row.getString("predicted")))
                .list();
    }

    void foretold(String planId, Map<Plan.Item, Plan.Outcome> outcomes) {
        update(
                planId,
                outcomes,
                """
                update ops_command.plan_item p
                set predicted = o.outcome, predicted_code = o.code
                """);
    }

    void done(String planId, Map<Plan.Item, Plan.Outcome> outcomes) {
        update(
                planId,
                outcomes,
                """
                update ops_command.plan_item p
                set outcome = o.outcome, code = o.code, lead_id = o.lead_id, decided_at = now()
                """);
    }

    private void update(String planId, Map<Plan.Item, Plan.Outcome> outcomes, String set) {
        var rows = JsonNodeFactory.instance.arrayNode(outcomes.size());
        outcomes.forEach((item, outcome) ->
                rows.addObject()
                        .put("position", item.position())
                        .put("outcome", outcome.outcome())
                        .put("code", outcome.code())
                        .put("lead_id", outcome.leadId()));
        database.jdbc()
                .sql(
                        set
                                + """
                                from jsonb_to_recordset(:rows::jsonb) as o(
                                  position int, outcome text, code text, lead_id text)
                                where p.plan_id = :id and p.position = o.position
                                """)
                .param("rows", Json.write(rows))
                .param("id", planId)
                .update();
    }

    /// Forgets plans that are over.
    int forget(Duration olderThan) {
        return database.jdbc()
                .sql(
                        """
                        delete from ops_command.plan
                        where finished_at < now() - :age * interval '1 s'
                        """)
                .param("age", olderThan.toSeconds())
                .update();
    }

    private static Plan plan(ResultSet row, int number) throws SQLException {
        return new Plan(
                row.getString("plan_id"),
                Plan.Kind.of(row.getString("kind")),
                Plan.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                row.getString("source_id"),
                row.getDouble("rate_per_second"),
                Json.read(row.getString("details")),
                Json.read(row.getString("result")),
                row.getString("actor"),
                row.getString("error"),
                row.getTimestamp("created_at").toInstant(),
                instant(row, "started_at"),
                instant(row, "finished_at"),
                instant(row, "paced_until"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }
}
