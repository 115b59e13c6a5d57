package io.headwater.projectors.platform.fold;

import io.headwater.events.tracking.TrackedEvent;
import java.util.List;

/// What was done, by count. Every event counts as one; some kinds are counted by themselves.
public record Actions(int events, int pageViews, int clicks) {

    public static final Actions NONE = new Actions(0, 0, 0);

    private static final String PAGE_VIEW = "page_view";
    private static final String CLICK = "click";

    public static Actions of(List<TrackedEvent> events) {
        int pageViews = 0;
        int clicks = 0;
        for (TrackedEvent event : events) {
            switch (event.getType()) {
                case PAGE_VIEW -> pageViews++;
                case CLICK -> clicks++;
                default -> {
                    // counts as an event only
                }
            }
        }
        return new Actions(events.size(), pageViews, clicks);
    }

    public static boolean isPageView(TrackedEvent event) {
        return event.getType().equals(PAGE_VIEW);
    }
}
