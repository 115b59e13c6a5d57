package io.headwater.query;

/// The contract on the embedded Postgres.
class QueryIT extends QueryContract {

    @Override
    ReadModels models() {
        return EmbeddedReadModels.models();
    }

    @Override
    RunningQueryApi api() {
        return EmbeddedReadModels.api();
    }
}
