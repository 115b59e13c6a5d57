package io.headwater.query.lead;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What did a person agree to?
@Component
class ConsentQuery {

    private final JdbcClient jdbc;

    ConsentQuery(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Withdrawn is what was granted before, of any of the leads: they are one person.
    ///
    /// @param leadIds of leads, or of submissions that became none
    /// @return the newest first
    List<ConsentView> ofLeads(List<String> leadIds) {
        return jdbc.sql(
                        """
                        select c.consent_id, c.submission_id, c.name, c.purposes, c.granted, c.at,
                               c.text, c.text_hash, c.version, c.ip, c.page,
                               s.trusted_form_url, s.leadid_token,
                               w.withdrawn_at, w.withdrawn_purposes
                        from read.lead_consents as c
                        left join read.submissions as s on s.submission_id = c.submission_id
                        left join lateral (
                            select min(t.at) as withdrawn_at,
                                   array_agg(distinct p.purpose) filter (where p.purpose is not null)
                                       as withdrawn_purposes
                            from read.lead_timeline as t
                            left join lateral unnest(c.purposes) as p(purpose)
                                on t.details ->> 'purposes' is null
                                or p.purpose = any(string_to_array(t.details ->> 'purposes', ','))
                            where t.lead_id in (:lead_ids)
                              and t.kind = 'consent_withdrawn'
                              and t.at >= c.at
                              and (t.details ->> 'purposes' is null or p.purpose is not null)
                        ) as w on c.granted
                        where c.lead_id in (:lead_ids)
                           or c.submission_id in (:lead_ids)
                        order by c.at desc, c.consent_id
                        limit 500
                        """)
                .param("lead_ids", leadIds)
                .query((row, _) -> view(row))
                .list();
    }

    private static ConsentView view(ResultSet row) throws SQLException {
        var withdrawnAt = row.getTimestamp("withdrawn_at");
        return new ConsentView(
                row.getString("consent_id"),
                row.getString("submission_id"),
                row.getString("name"),
                texts(row, "purposes"),
                row.getBoolean("granted"),
                row.getTimestamp("at").toInstant(),
                row.getString("text"),
                row.getString("text_hash"),
                row.getString("version"),
                row.getString("ip"),
                row.getString("page"),
                row.getString("trusted_form_url"),
                row.getString("leadid_token"),
                withdrawnAt == null ? null : withdrawnAt.toInstant(),
                texts(row, "withdrawn_purposes"));
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        var array = row.getArray(column);
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }
}
