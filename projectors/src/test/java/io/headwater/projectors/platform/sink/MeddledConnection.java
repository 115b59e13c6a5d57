package io.headwater.projectors.platform.sink;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.function.UnaryOperator;

/// A connection that breaks where a test wants it to, and tells Postgres something else than it was
/// told. The code that writes stays as it is.
final class MeddledConnection {

    /// What becomes of a commit.
    enum Commit {
        ARRIVES,
        /// Everything before it is rolled back.
        IS_LOST,
        /// It arrives, and nobody learns of it.
        ANSWER_IS_LOST
    }

    /// First words of the statement that moves positions: the guard.
    private static final String MOVE = "update ops.projection_position p";

    private final Connection real;
    private Commit commit = Commit.ARRIVES;
    private UnaryOperator<String> sql = UnaryOperator.identity();
    private boolean positionFirst;

    MeddledConnection(Connection real) {
        this.real = real;
    }

    /// Of the next commit.
    void next(Commit commit) {
        this.commit = commit;
    }

    /// Statements are other ones than those written.
    void rewrite(UnaryOperator<String> sql) {
        this.sql = sql;
    }

    /// The next move of a position is committed by itself, and then the connection breaks.
    void commitPositionFirst() {
        positionFirst = true;
    }

    Connection connection() {
        return proxy(
                Connection.class,
                real,
                (name, args, call) ->
                        switch (name) {
                            case "prepareStatement" -> prepare((String) args[0]);
                            case "commit" -> commit();
                            default -> call.run();
                        });
    }

    private PreparedStatement prepare(String text) throws SQLException {
        var statement = real.prepareStatement(sql.apply(text));
        return !text.startsWith(MOVE)
                ? statement
                : proxy(
                        PreparedStatement.class,
                        statement,
                        (name, args, call) -> {
                            Object result = call.run();
                            if (name.equals("executeUpdate") && positionFirst) {
                                positionFirst = false;
                                real.commit();
                                throw broken();
                            }
                            return result;
                        });
    }

    private Object commit() throws SQLException {
        var what = commit;
        commit = Commit.ARRIVES;
        if (what == Commit.IS_LOST) {
            throw broken();
        }
        real.commit();
        if (what == Commit.ANSWER_IS_LOST) {
            throw broken();
        }
        return real;
    }

    private static SQLException broken() {
        return new SQLException("the connection broke", "08006");
    }

    private interface Call {
        Object run() throws Throwable;
    }

    private interface Meddling {
        Object on(String name, Object[] args, Call call) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, T real, Meddling meddling) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (self, method, args) -> {
                            Object[] given = args == null ? new Object[0] : args;
                            return meddling.on(
                                    method.getName(),
                                    given,
                                    () -> {
                                        try {
                                            return method.invoke(real, given);
                                        } catch (InvocationTargetException failed) {
                                            throw failed.getTargetException();
                                        }
                                    });
                        }));
    }
}
