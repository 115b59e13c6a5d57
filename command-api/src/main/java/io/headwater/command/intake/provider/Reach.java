package io.headwater.command.intake.provider;

import io.headwater.web.ClientAddress;
import java.net.InetAddress;

/// Which addresses the base URL of a source may lead to: each also to those before it.
public enum Reach {
    /// the internet
    PUBLIC,
    /// 127.0.0.0/8, ::1: a stand-in of the provider on this machine
    THIS_MACHINE,
    /// everything, also without TLS
    PRIVATE;

    boolean allows(InetAddress address) {
        return this == PRIVATE
                || (address.isLoopbackAddress()
                        ? this == THIS_MACHINE
                        : !ClientAddress.isShared(address));
    }
}
