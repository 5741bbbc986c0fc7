import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.opensearch.Version;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.plugins.PluginInfo;

/** One OpenSearch node out of its jars, for tests: java OpenSearchNode.java home http-port transport-port. */
public class OpenSearchNode {
  /** Its constructor with plugins from the class path is there for subclasses alone. */
  static class OfJars extends Node {
    OfJars(Environment environment, List<PluginInfo> plugins) {
      super(environment, plugins, true);
    }
  }

  public static void main(String[] args) throws Exception {
    Path home = Path.of(args[0]);
    for (String folder : List.of("config", "modules", "plugins"))
      Files.createDirectories(home.resolve(folder));
    Settings settings = Settings.builder()
        .put("path.home", home.toString())
        .put("cluster.name", "jaeger")
        .put("node.name", "node")
        .put("discovery.type", "single-node")
        .put("network.host", "127.0.0.1")
        .put("http.port", args[1])
        .put("transport.port", args[2])
        .put("http.type", "netty4")
        .put("transport.type", "netty4")
        // A full disk of the machine that tests would else make its indices read-only.
        .put("cluster.routing.allocation.disk.threshold_enabled", false)
        .build();
    Environment environment = InternalSettingsPreparer.prepareEnvironment(
        settings, Map.of(), home.resolve("config"), () -> "node");
    PluginInfo netty = new PluginInfo("transport-netty4", "HTTP", "0", Version.CURRENT, "21",
        "org.opensearch.transport.Netty4ModulePlugin", List.of(), false);
    new OfJars(environment, List.of(netty)).start();
    Thread.currentThread().join();
  }
}
