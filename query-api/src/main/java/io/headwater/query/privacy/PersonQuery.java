package io.headwater.query.privacy;

import io.headwater.query.privacy.Person.Visitor;
import io.headwater.schema.ViewTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What belongs to a person? The same that is forgotten with them: their leads by all merges, what
/// these were made of, the deliveries that brought it, the sessions of who sent it.
///
/// Every table that names leads is asked what else of theirs it names, so a new one is, too.
@Component
class PersonQuery {
    private static final String SITE = "site_id";
    private static final String VISITOR = "visitor_id";

    private final JdbcClient jdbc;

    PersonQuery(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Person> ofLead(String leadId) {
        var person = Person.of(Map.of(Person.LEAD, leadId));
        person.add(Person.LEAD, merged(leadId));
        if (person.of(Person.LEAD).isEmpty()) {
            return Optional.empty();
        }
        ViewTable.all().stream()
                .filter(table -> table.columns().contains(Person.LEAD))
                .forEach(table -> follow(table, person));
        sessions(person);
        sameAddress(person);
        return Optional.of(person);
    }

    /// Of a visitor: their sessions, and the submissions from these that no lead has. Others may
    /// have used the same browser, so what is a lead's is left to its own export.
    Optional<Person> ofVisitor(String siteId, String visitorId) {
        var subject = new LinkedHashMap<String, String>();
        subject.put(SITE, siteId);
        subject.put(VISITOR, visitorId);
        var person = Person.of(subject);
        person.visitors().add(new Visitor(siteId, visitorId));
        sessions(person);
        submissions(person);
        return person.of(Person.SESSION).isEmpty()
                        && person.of(Person.SUBMISSION).isEmpty()
                        && person.otherLeads().isEmpty()
                ? Optional.empty()
                : Optional.of(person);
    }

    /// @return none when there is no such lead
    private List<String> merged(String leadId) {
        return jdbc.sql(
                        """
                        with recursive person as (
                            select lead_id, merged_into
                            from read.leads
                            where lead_id = :lead_id
                            union
                            select other.lead_id, other.merged_into
                            from read.leads as other
                            join person
                              on other.merged_into = person.lead_id
                              or other.lead_id = person.merged_into
                        )
                        select lead_id
                        from person
                        """)
                .param(Person.LEAD, leadId)
                .query((row, _) -> row.getString(1))
                .list();
    }

    private void follow(ViewTable table, Person person) {
        var named =
                Stream.concat(Person.COLUMNS.stream(), Stream.of(SITE, VISITOR))
                        .filter(table.columns()::contains)
                        .toList();
        jdbc.sql(
                        "select distinct %s from read.%s where lead_id = any (:lead_id)"
                                .formatted(String.join(", ", named), table.name()))
                .param(Person.LEAD, person.array(Person.LEAD))
                .query(row -> {
                    for (String column : named) {
                        add(row, column, person);
                    }
                    if (named.containsAll(List.of(SITE, VISITOR))) {
                        addVisitor(row, person);
                    }
                });
    }

    private static void add(ResultSet row, String column, Person person) throws SQLException {
        String id = row.getString(column);
        if (id != null) {
            person.of(column).add(id);
        }
    }

    private static void addVisitor(ResultSet row, Person person) throws SQLException {
        String site = row.getString(SITE);
        String visitor = row.getString(VISITOR);
        if (site != null && visitor != null) {
            person.visitors().add(new Visitor(site, visitor));
        }
    }

    /// What became no lead, or found none, and has their e-mail address on one of their sites; or
    /// their number and no address.
    private void sameAddress(Person person) {
        jdbc.sql(
                        """
                        with own as materialized (
                            select site_id, lower(email) as email, phone
                            from read.submissions
                            where lead_id = any (:lead_id)
                            union
                            select site_id, lower(email), phone
                            from read.leads
                            where lead_id = any (:lead_id)
                        )
                        select submission_id, receipt_id, null as fact_id
                        from read.submissions as sent
                        where lead_id is null
                          and exists (
                              select from own
                              where own.site_id = sent.site_id
                                and (own.email = lower(sent.email)
                                     or sent.email is null and own.phone = sent.phone))
                        union all
                        select null, null, fact_id
                        from read.provider_facts as told
                        where lead_id is null
                          and exists (
                              select from own
                              where own.site_id = told.site_id
                                and own.email = lower(told.email))
                        """)
                .param(Person.LEAD, person.array(Person.LEAD))
                .query(row -> {
                    for (String column : List.of(Person.SUBMISSION, Person.RECEIPT, Person.FACT)) {
                        add(row, column, person);
                    }
                    String submission = row.getString(Person.SUBMISSION);
                    person.byAddress()
                            .add(submission == null ? row.getString(Person.FACT) : submission);
                });
    }

    /// All of the visitors, and those that submissions name; imported ones by their id in the
    /// system that they come from.
    private void sessions(Person person) {
        var visitors = List.copyOf(person.visitors());
        person.add(
                Person.SESSION,
                jdbc.sql(
                                """
                                select visit.session_id
                                from unnest(:sites, :visitors) as own (site_id, visitor_id)
                                join read.sessions as visit
                                  on visit.visitor_id = own.visitor_id
                                 and visit.site_id = own.site_id
                                union
                                select visit.session_id
                                from read.sessions as visit
                                where visit.external_id = any (:sessions)
                                  and visit.site_id = any (:sites)
                                """)
                        .param(
                                "sites",
                                visitors.stream().map(Visitor::siteId).toArray(String[]::new))
                        .param(
                                "visitors",
                                visitors.stream().map(Visitor::visitorId).toArray(String[]::new))
                        .param("sessions", person.array(Person.SESSION))
                        .query((row, _) -> row.getString(1))
                        .list());
    }

    private void submissions(Person visitor) {
        jdbc.sql(
                        """
                        select submission_id, receipt_id, lead_id
                        from read.submissions
                        where session_id = any (:sessions)
                        union
                        select null, null, lead_id
                        from read.leads
                        where session_id = any (:sessions)
                        """)
                .param("sessions", visitor.array(Person.SESSION))
                .query(row -> {
                    String lead = row.getString(Person.LEAD);
                    if (lead == null) {
                        add(row, Person.SUBMISSION, visitor);
                        add(row, Person.RECEIPT, visitor);
                    } else {
                        visitor.otherLeads().add(lead);
                    }
                });
    }
}
