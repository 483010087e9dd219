package io.scalesrpc.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ClientResources;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.server.ThriftMuxServer;
import io.scalesrpc.server.ThriftMuxServerBuilder;
import io.scalesrpc.test.peer.PeerService;
import org.jspecify.annotations.Nullable;

/**
 * What a process costs that has nothing to do: processor time and how often each of its threads wakes, by what Linux
 * counts. Run by {@code src/jmh/idle.sh}. <em>Stateless</em>.
 */
public final class Idle {

	private static final long SETTLE_MILLIS = 20_000;

	private static final int WARMING_CLIENTS = 10;

	/** For tens of thousands of pings. */
	private static final long WARMING_MILLIS = 15_000;

	private Idle() {
	}

	/**
	 * Makes what shall be idle, calls once with each client, and measures.
	 * @param args {@code nothing}, {@code server}, {@code clients} or {@code own} (clients with threads of their own);
	 * how many clients, or the server's port; the port of the clients' server; for how many seconds; {@code warm} if pings shall
	 * be compiled code by then, or empty
	 */
	public static void main(String[] args) throws Exception {
		if (args[4].equals("warm") && !args[2].equals("0")) {
			warmUp(args[2]);
		}
		List<AutoCloseable> idle = new ArrayList<>();
		switch (args[0]) {
			case "nothing" -> idle.clear();
			case "server" -> idle.add(server(Integer.parseInt(args[1])));
			case "clients" -> {
				ClientResources shared = ClientResources.create();
				idle.add(shared);
				for (int i = 0; i < Integer.parseInt(args[1]); i++) {
					idle.add(client(args[2], shared));
				}
			}
			case "own" -> {
				for (int i = 0; i < Integer.parseInt(args[1]); i++) {
					idle.add(client(args[2], null));
				}
			}
			default -> throw new IllegalArgumentException(args[0]);
		}
		System.gc();
		Thread.sleep(SETTLE_MILLIS);
		long heap = usedHeap();
		int seconds = Integer.parseInt(args[3]);
		Map<Long, Task> before = tasks();
		Thread.sleep(Duration.ofSeconds(seconds).toMillis());
		print(args[0] + " (" + idle.size() + ")", before, tasks(), seconds, heap);
		System.exit(0);
	}

	private static void warmUp(String port) throws Exception {
		List<ClientHandle<PeerService.Iface>> clients = new ArrayList<>();
		for (int i = 0; i < WARMING_CLIENTS; i++) {
			clients.add(called(builder(port).option("ping-interval", "1ms")));
		}
		Thread.sleep(WARMING_MILLIS);
		clients.forEach(ClientHandle::close);
	}

	private static long usedHeap() {
		Runtime runtime = Runtime.getRuntime();
		System.gc();
		return runtime.totalMemory() - runtime.freeMemory();
	}

	private static long direct() {
		return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric().usedDirectMemory();
	}

	private static ThriftMuxServer server(int port) {
		ThriftMuxServerBuilder builder = ThriftMuxServer.builder();
		ThriftMuxServer server = builder.port(port).service(PeerService.class, new EchoHandler().proxy()).build().start();
		System.out.println("READY " + server.port());
		return server;
	}

	private static ClientHandle<PeerService.Iface> client(String port, @Nullable ClientResources shared)
			throws Exception {
		ClientBuilder<PeerService.Iface> builder = builder(port);
		if (shared != null) {
			builder.resources(shared);
		}
		return called(builder);
	}

	private static ClientBuilder<PeerService.Iface> builder(String port) {
		return ScalesClients.builder(PeerService.Iface.class).name("echo").uri("tcp://localhost:" + port);
	}

	private static ClientHandle<PeerService.Iface> called(ClientBuilder<PeerService.Iface> builder) throws Exception {
		ClientHandle<PeerService.Iface> client = builder.build();
		client.proxy().echo("hello");
		return client;
	}

	private static void print(String what, Map<Long, Task> before, Map<Long, Task> after, int seconds, long heap) {
		long nanos = 0;
		long wakes = 0;
		long others = 0;
		List<Task> woken = new ArrayList<>();
		for (Map.Entry<Long, Task> task : after.entrySet()) {
			Task since = task.getValue().since(before.get(task.getKey()));
			if (since.name.startsWith("scales-")) {
				nanos += since.nanos;
				wakes += since.wakes;
			}
			else {
				others += since.nanos;
			}
			if (since.wakes > 0) {
				woken.add(since);
			}
		}
		System.out.printf("%-14s %8.3f ms/s %8.2f wakes/s of Scales, %.3f ms/s of the JVM, %d threads, %d KB heap, %d KB direct%n",
				what,
				nanos / 1e6 / seconds, (double) wakes / seconds, others / 1e6 / seconds, after.size(), heap / 1024,
				direct() / 1024);
		woken.sort(Comparator.comparingLong((Task task) -> -task.nanos));
		woken.forEach((task) -> System.out.printf("    %-20s %8.3f ms/s %8.2f wakes/s%n", task.name,
				task.nanos / 1e6 / seconds, (double) task.wakes / seconds));
	}

	private static Map<Long, Task> tasks() throws IOException {
		Map<Long, Task> tasks = new TreeMap<>();
		try (Stream<Path> folders = Files.list(Path.of("/proc/self/task"))) {
			for (Path folder : folders.toList()) {
				try {
					tasks.put(Long.valueOf(folder.getFileName().toString()), Task.read(folder));
				}
				catch (NoSuchFileException ex) {
					// It has ended.
				}
			}
		}
		return tasks;
	}

	/**
	 * A thread, as the kernel knows it. <em>Immutable</em>.
	 *
	 * @param name its name, cut
	 * @param nanos its processor time
	 * @param wakes how often it has slept
	 */
	private record Task(String name, long nanos, long wakes) {

		static Task read(Path folder) throws IOException {
			long wakes = Files.readAllLines(folder.resolve("status"))
				.stream()
				.filter((line) -> line.startsWith("voluntary_ctxt_switches"))
				.mapToLong((line) -> Long.parseLong(line.substring(line.indexOf(':') + 1).trim()))
				.sum();
			String times = Files.readString(folder.resolve("schedstat"));
			return new Task(Files.readString(folder.resolve("comm")).trim(),
					Long.parseLong(times.substring(0, times.indexOf(' '))), wakes);
		}

		Task since(@Nullable Task before) {
			return (before != null) ? new Task(this.name, this.nanos - before.nanos, this.wakes - before.wakes) : this;
		}

	}

}
