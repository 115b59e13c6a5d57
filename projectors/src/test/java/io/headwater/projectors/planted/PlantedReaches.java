package io.headwater.projectors.planted;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.client.RestClient;

/// Ways to ask somebody else.
public final class PlantedReaches {

    private PlantedReaches() {}

    static final class OfHttp {
        HttpClient client() {
            return HttpClient.newHttpClient();
        }
    }

    static final class OfUrl {
        URL url(URI uri) throws IOException {
            return uri.toURL();
        }
    }

    static final class OfSocket {
        Socket socket(String host) throws IOException {
            return new Socket(host, 80);
        }
    }

    static final class OfNames {
        InetAddress address(String host) throws IOException {
            return InetAddress.getByName(host);
        }
    }

    static final class OfRest {
        RestClient client() {
            return RestClient.create();
        }
    }

    static final class OfFile {
        boolean exists(String name) {
            return new File(name).exists();
        }
    }

    static final class OfPath {
        String read(Path path) throws IOException {
            return Files.readString(path);
        }
    }

    static final class OfChannel {
        FileChannel opened(FileChannel channel) {
            return channel;
        }
    }

    static final class OfResource {
        boolean exists() {
            return OfResource.class.getResource("/a") != null;
        }
    }

    static final class OfLoader {
        @Nullable InputStream read(ClassLoader loader) {
            return loader.getResourceAsStream("a");
        }
    }

    static final class OfProcess {
        ProcessBuilder run() {
            return new ProcessBuilder("date");
        }
    }

    static final class OfSql {
        boolean valid(Connection connection) throws SQLException {
            return connection.isValid(1);
        }
    }

    static final class OfJdbc {
        int delete(JdbcClient jdbc) {
            return jdbc.sql("delete from a").update();
        }
    }

    static final class OfKafka {
        void close(Admin admin) {
            admin.close();
        }
    }

    static final class OfConsole {
        void print(String text) {
            System.out.println(text);
        }
    }

    static final class OfLog {
        void print(String text) {
            LoggerFactory.getLogger(OfLog.class).atInfo().log(text);
        }
    }
}
