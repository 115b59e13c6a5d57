package io.headwater.backends.child;

import java.util.Arrays;

/// Any application with `public static AutoCloseable start(String...)`, under the rules of a child.
///
/// Arguments: its class, then its own arguments.
public final class AppMain {
    private AppMain() {}

    public static void main(String[] args) {
        String[] own = Arrays.copyOfRange(args, 1, args.length);
        Child.run(() ->
                (AutoCloseable)
                        Class.forName(args[0])
                                .getMethod("start", String[].class)
                                .invoke(null, (Object) own));
    }
}
