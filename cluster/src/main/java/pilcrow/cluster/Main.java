package pilcrow.cluster;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.codelibs.opensearch.runner.OpenSearchRunner;
import org.opensearch.action.admin.cluster.health.ClusterHealthRequestBuilder;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.node.Node;

/**
 * Three OpenSearch nodes in one Java process, told by lines on standard input what to do.
 *
 * <p>The one argument is a folder, empty or absent, for the data; it is deleted at the end. When all nodes have joined
 * and the cluster is green, one line is printed: {"urls": ["http://127.0.0.1:PORT", ...]}. Then each command is
 * answered with one line when it is done:
 *
 * <pre>
 *   stop N     {"stopped": N}    node N (from 0) drops its connections, saying nothing to the others
 *   start N    {"started": N}    the same node again, with its data, at its old address; it has joined
 *   quit                         no answer: the process ends. So does the end of standard input
 * </pre>
 *
 * <p>A command that cannot be done is answered with {"error": "..."}. Warnings go to standard error.
 */
public final class Main {

    private static final int NODES = 3;
    private static final int MAJORITY = NODES / 2 + 1;
    private static final TimeValue PATIENCE = TimeValue.timeValueSeconds(90);

    /** What the runner loads from the class path. Each needs its dependency in pom.xml. */
    private static final String MODULES =
            String.join(
                    ",",
                    "org.opensearch.transport.Netty4Plugin",
                    "org.opensearch.analysis.common.CommonAnalysisPlugin",
                    "org.opensearch.painless.PainlessPlugin",
                    "org.opensearch.index.reindex.ReindexPlugin");

    private final OpenSearchRunner runner = new OpenSearchRunner();
    private final Path folder;
    private final List<Integer> ports;

    private Main(final Path folder) throws IOException {
        this.folder = folder;
        this.ports = freePorts(2 * NODES);
    }

    public static void main(final String[] arguments) {
        // Whatever a library prints must not be taken for an answer.
        final PrintStream answers = System.out;
        System.setOut(System.err);
        try {
            final Main cluster = new Main(emptyFolder(arguments));
            Runtime.getRuntime().addShutdownHook(new Thread(cluster::end));
            cluster.startAll();
            answers.println(cluster.urls());
            cluster.obey(answers);
        } catch (final Exception error) {
            System.err.println("The cluster did not start: " + chain(error));
            System.exit(1);
        }
        System.exit(0);
    }

    private static Path emptyFolder(final String[] arguments) throws IOException {
        if (arguments.length != 1) {
            throw new IllegalArgumentException("give one argument, the folder for the data");
        }
        final Path folder = Path.of(arguments[0]).toAbsolutePath();
        Files.createDirectories(folder);
        try (Stream<Path> entries = Files.list(folder)) {
            if (entries.findAny().isPresent()) {
                throw new IllegalArgumentException(folder + " is not empty, and would be deleted at the end");
            }
        }
        return folder;
    }

    /**
     * Ports of 127.0.0.1 on which nothing listens. They lie below those that systems hand out to outgoing connections,
     * so that none of these takes the port of a node while it is stopped.
     */
    private static List<Integer> freePorts(final int wanted) throws IOException {
        final List<ServerSocket> held = new ArrayList<>();
        try {
            for (int tries = 0; held.size() < wanted; tries++) {
                final int port = ThreadLocalRandom.current().nextInt(10_000, 32_768);
                try {
                    held.add(new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1")));
                } catch (final IOException taken) {
                    if (tries > 1_000) {
                        throw taken;
                    }
                }
            }
            return held.stream().map(ServerSocket::getLocalPort).collect(Collectors.toList());
        } finally {
            for (final ServerSocket socket : held) {
                socket.close();
            }
        }
    }

    private int httpPort(final int node) {
        return ports.get(node);
    }

    private int transportPort(final int node) {
        return ports.get(NODES + node);
    }

    private void startAll() {
        runner.onBuild((number, settings) -> configure(number - 1, settings));
        runner.build(
                OpenSearchRunner.newConfigs()
                        .basePath(folder.toString())
                        .clusterName("pilcrow-" + ProcessHandle.current().pid())
                        .numOfNode(NODES)
                        .moduleTypes(MODULES)
                        .useLogger()
                        .disableESLogger());
        awaitNodes(runner.getNode(0), NODES, true);
    }

    private void configure(final int node, final Settings.Builder settings) {
        settings.put("node.name", "node-" + node);
        settings.put("network.host", "127.0.0.1");
        settings.put("http.port", httpPort(node));
        settings.put("transport.port", transportPort(node));
        final List<String> seeds = new ArrayList<>();
        for (int other = 0; other < NODES; other++) {
            seeds.add("127.0.0.1:" + transportPort(other));
        }
        settings.putList("discovery.seed_hosts", seeds);
        // The first elects itself, the others join it; from then on any two of the three can elect one of them.
        settings.putList("cluster.initial_cluster_manager_nodes", "node-0");
        settings.put("discovery.initial_state_timeout", "0s"); // we wait ourselves, once for all nodes
        // A disk that is nearly full would make the indexes read-only.
        settings.put("cluster.routing.allocation.disk.threshold_enabled", false);
        // Each node would take the memory of all three for its own, and refuse requests.
        settings.put("indices.breaker.total.use_real_memory", false);
    }

    private void awaitNodes(final Node asked, final int nodes, final boolean green) {
        final ClusterHealthRequestBuilder request =
                asked.client().admin().cluster().prepareHealth().setTimeout(PATIENCE).setWaitForNodes("" + nodes);
        request.setClusterManagerNodeTimeout(PATIENCE);
        if (green) {
            request.setWaitForGreenStatus();
        }
        if (request.get().isTimedOut()) {
            throw new IllegalStateException("the nodes did not find each other within " + PATIENCE);
        }
    }

    private String urls() {
        final List<String> urls = new ArrayList<>();
        for (int node = 0; node < NODES; node++) {
            urls.add("\"http://127.0.0.1:" + httpPort(node) + "\"");
        }
        return "{\"urls\": [" + String.join(", ", urls) + "]}";
    }

    private void obey(final PrintStream answers) throws IOException {
        final BufferedReader commands =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String command = commands.readLine();
        while (command != null && !command.strip().equals("quit")) {
            answers.println(answer(command.strip()));
            command = commands.readLine();
        }
    }

    private String answer(final String command) {
        try {
            final String[] words = command.split("\\s+");
            if (words.length == 2 && words[0].equals("stop")) {
                return stop(number(words[1]));
            }
            if (words.length == 2 && words[0].equals("start")) {
                return start(number(words[1]));
            }
            throw new IllegalArgumentException("the commands are: stop N, start N, quit; not: " + command);
        } catch (final Exception error) {
            return "{\"error\": \"" + new String(JsonStringEncoder.getInstance().quoteAsString(chain(error))) + "\"}";
        }
    }

    private static int number(final String word) {
        for (int node = 0; node < NODES; node++) {
            if (word.equals(String.valueOf(node))) {
                return node;
            }
        }
        throw new IllegalArgumentException("there is no node " + word + ": they are 0 to " + (NODES - 1));
    }

    private String stop(final int number) throws IOException, InterruptedException {
        final Node node = runner.getNode(number);
        if (node.isClosed()) {
            throw new IllegalStateException("node " + number + " is stopped already");
        }
        node.close();
        if (!node.awaitClose(PATIENCE.seconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("node " + number + " did not stop within " + PATIENCE);
        }
        return "{\"stopped\": " + number + "}";
    }

    private String start(final int number) {
        if (!runner.getNode(number).isClosed()) {
            throw new IllegalStateException("node " + number + " runs already");
        }
        if (!runner.startNode(number)) {
            throw new IllegalStateException("node " + number + " did not start");
        }
        final int running = running();
        if (running >= MAJORITY) { // fewer can elect no manager: there is nothing to join yet
            awaitNodes(runner.getNode(number), running, false);
        }
        return "{\"started\": " + number + "}";
    }

    private int running() {
        int running = 0;
        for (int node = 0; node < NODES; node++) {
            if (!runner.getNode(node).isClosed()) {
                running++;
            }
        }
        return running;
    }

    /** Stop what runs and delete the data, however the process ends (but for a kill). */
    private void end() {
        try {
            runner.close();
        } catch (final IOException error) {
            System.err.println("A node did not close: " + chain(error));
        }
        try (Stream<Path> entries = Files.walk(folder)) {
            for (final Path entry : entries.sorted(Comparator.reverseOrder()).collect(Collectors.toList())) {
                Files.deleteIfExists(entry);
            }
        } catch (final IOException error) {
            System.err.println("Not all of " + folder + " was deleted: " + chain(error));
        }
    }

    /** The messages of an error and of its causes, in one line. */
    private static String chain(final Throwable error) {
        final List<String> messages = new ArrayList<>();
        for (Throwable cause = error; cause != null && messages.size() < 8; cause = cause.getCause()) {
            messages.add(cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
        }
        return String.join(": ", messages);
    }
}
