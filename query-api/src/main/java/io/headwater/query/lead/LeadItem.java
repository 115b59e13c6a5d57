package io.headwater.query.lead;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.headwater.query.platform.access.Personal;
import io.headwater.query.platform.postgres.Rows;
import java.time.Instant;
import org.springframework.jdbc.core.RowMapper;

/// A lead in a list: who it is and what became of it.
record LeadItem(@JsonUnwrapped LeadView lead, @JsonUnwrapped LeadLife life)
        implements Personal<LeadItem> {

    /// Of a table named `lead`.
    static final String COLUMNS = LeadView.COLUMNS.stripTrailing() + ",\n" + LeadLife.COLUMNS;

    private static final RowMapper<LeadView> LEAD = Rows.of(LeadView.class);
    private static final RowMapper<LeadLife> LIFE = Rows.of(LeadLife.class);

    static final RowMapper<LeadItem> ROW =
            (row, n) -> new LeadItem(LEAD.mapRow(row, n), LIFE.mapRow(row, n));

    String leadId() {
        return lead.leadId();
    }

    Instant createdAt() {
        return lead.createdAt();
    }

    @Override
    public LeadItem masked() {
        return new LeadItem(lead.masked(), life);
    }
}
