package io.headwater.launcher.demo;

import java.util.Map;
import java.util.function.Consumer;

/// The demonstration: makes what it needs, once, and keeps visitors coming until it is closed.
public final class Demo implements AutoCloseable {

    private final DemoSite site;
    private final Thread stream;

    private Demo(DemoSite site, Thread stream) {
        this.site = site;
        this.stream = stream;
    }

    /// Returns when the site exists; visits go on in the background.
    ///
    /// @param say told in one line when something keeps the demonstration from going on
    /// @throws DemoException when the platform refuses the site or does not answer
    public static Demo start(DemoSettings settings, Consumer<String> say) {
        var api = new DemoApi(settings);
        DemoSite site = DemoSite.provide(api, settings.file());
        Thread stream =
                Thread.ofVirtual()
                        .name("demo")
                        .start(() -> new DemoStream(api, site, settings, say).run());
        return new Demo(site, stream);
    }

    /// The member `demo` of headwater.json.
    public Map<String, Object> facts() {
        return site.facts();
    }

    @Override
    public void close() {
        stream.interrupt();
    }
}
