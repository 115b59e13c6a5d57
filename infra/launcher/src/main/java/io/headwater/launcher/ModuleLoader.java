package io.headwater.launcher;

import io.headwater.backends.BackendException;
import io.headwater.backends.Installation;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;

/// A module and all it needs in a class loader of its own, so that four applications share a JVM
/// and nothing else.
final class ModuleLoader {
    private final URLClassLoader loader;

    /// @param extra a folder that comes before the module, for a `logback.xml` say
    ModuleLoader(Installation installation, String module, Path... extra) {
        var urls = new ArrayList<URL>();
        for (Path folder : extra) {
            urls.add(url(folder));
        }
        for (String entry : installation.classPath(module).split(File.pathSeparator)) {
            urls.add(url(Path.of(entry)));
        }
        this.loader =
                new URLClassLoader(
                        module, urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    /// Calls a public static method that takes the arguments of a `main`; its exception comes out
    /// as the cause.
    Object call(String className, String method, String... arguments) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            Object result =
                    loader.loadClass(className)
                            .getMethod(method, String[].class)
                            .invoke(null, (Object) arguments);
            return result == null ? "" : result;
        } catch (InvocationTargetException e) {
            throw new BackendException(rootMessage(e), e);
        } catch (ReflectiveOperationException e) {
            throw new BackendException(className + " cannot be started: " + e, e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /// Tomcat wants to set the JVM's one URL handler; two Tomcats cannot, and none here needs it.
    void disableTomcatUrlHandler() {
        callIfPresent("org.apache.catalina.webresources.TomcatURLStreamHandlerFactory", "disable");
    }

    /// Outside the system class loader lz4 takes its slow Java form unless the native one was asked
    /// for once.
    void preferNativeLz4() {
        callIfPresent("net.jpountz.lz4.LZ4Factory", "nativeInstance");
    }

    private void callIfPresent(String className, String method) {
        try {
            loader.loadClass(className).getMethod(method).invoke(null);
        } catch (ClassNotFoundException e) {
            // The module does without it.
            return;
        } catch (ReflectiveOperationException e) {
            throw new BackendException(className + "." + method + " failed: " + e, e);
        }
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.toString();
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new BackendException("no path for a class loader: " + path, e);
        }
    }
}
