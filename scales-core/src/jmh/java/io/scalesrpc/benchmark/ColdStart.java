package io.scalesrpc.benchmark;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import com.sun.management.OperatingSystemMXBean;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ClientResources;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.test.peer.PeerService;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * What the first client of a JVM costs, step by step: the processor time of the whole process, its compiler included, and how
 * many classes were loaded. One line a JVM, for {@code cold-start.sh}. <em>Stateless</em>.
 */
public final class ColdStart {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

	private ColdStart() {
	}

	/**
	 * Builds, connects and calls.
	 * @param args the port of a {@code LeanEchoServer}; {@code prepared} for threads that are made, and Netty loaded, before the
	 * client is; {@code warm} to have another client called before; {@code bare} for what Netty needs for itself
	 */
	public static void main(String[] args) throws Exception {
		String uri = "tcp://localhost:" + args[0];
		// An application has begun to log by then: that takes longer than all of this.
		LoggerFactory.getLogger(ColdStart.class).debug("logs");
		StringBuilder line = new StringBuilder(args[1]);
		Step step = new Step(line);
		step.over("");
		if (args[1].equals("bare")) {
			bare(Integer.parseInt(args[0]), step);
		}
		else {
			scales(args[1], uri, step);
		}
		System.out.println(line);
	}

	/** A bootstrap, an event loop, a connection, two frames: the floor. */
	private static void bare(int port, Step step) throws Exception {
		BareNettyClient client = new BareNettyClient(port);
		step.over("connected");
		for (String text : List.of("first", "second")) {
			CompletableFuture<@Nullable String> answer = new CompletableFuture<>();
			client.echo(text, (echo, failure) -> answer.complete(echo));
			answer.join();
			step.over(text);
		}
	}

	private static void scales(String mode, String uri, Step step) throws Exception {
		try (ClientResources resources = ClientResources.create()) {
			if (mode.equals("prepared")) {
				resources.prepare();
				Thread.sleep(2000);
				step.over("prepared");
			}
			if (mode.equals("warm")) {
				try (ClientHandle<PeerService.Iface> other = client("other", uri, resources)) {
					for (int i = 0; i < 50; i++) {
						other.proxy().echo("warm");
					}
				}
				step.over("warmed");
			}
			try (ClientHandle<PeerService.Iface> client = client("cold", uri, resources)) {
				step.over("built");
				client.ready(1, PATIENCE).toCompletableFuture().join();
				step.over("connected");
				client.proxy().echo("first");
				step.over("first");
				client.proxy().echo("second");
				step.over("second");
			}
		}
	}

	private static ClientHandle<PeerService.Iface> client(String name, String uri, ClientResources resources) {
		return ScalesClients.builder(PeerService.Iface.class).name(name).resources(resources).uri(uri).timeout(PATIENCE).build();
	}

	/** From one step to the next. <em>Confined to the main thread</em>. */
	private static final class Step {

		private final StringBuilder line;

		private long cpu;

		private long wall;

		private long classes;

		Step(StringBuilder line) {
			this.line = line;
		}

		void over(String name) {
			long nowCpu = SYSTEM.getProcessCpuTime();
			long nowWall = System.nanoTime();
			long nowClasses = ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount();
			if (!name.isEmpty()) {
				this.line.append(String.format(" | %s cpu %d wall %d classes %d", name, (nowCpu - this.cpu) / 1_000_000,
						(nowWall - this.wall) / 1_000_000, nowClasses - this.classes));
			}
			// Formatting costs, too.
			this.cpu = SYSTEM.getProcessCpuTime();
			this.wall = System.nanoTime();
			this.classes = ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount();
		}

	}

}
