package io.headwater.launcher.demo;

import java.util.Map;

/// One webhook as its provider sends it.
record Delivery(String body, Map<String, String> headers) {}
