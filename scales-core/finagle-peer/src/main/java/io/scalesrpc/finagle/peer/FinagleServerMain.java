package io.scalesrpc.finagle.peer;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

import com.twitter.finagle.ListeningServer;
import com.twitter.finagle.Mux$param$MaxFrameSize;
import com.twitter.finagle.ThriftMux;
import com.twitter.finagle.stats.InMemoryStatsReceiver;
import com.twitter.util.Await;
import com.twitter.util.Duration;
import com.twitter.util.Future;
import com.twitter.util.StorageUnit;
import com.twitter.util.Time;

/**
 * Finagle's ThriftMux server with the peer service, driven by lines on its input: {@code open <port>} (answers
 * {@code READY <port>}), {@code close <millis>}, {@code mode serve|nack|final-nack|error}, {@code stats}, {@code quit}. Every
 * answer is one line but that of {@code stats}, which ends with a line {@code .}.
 */
public final class FinagleServerMain {

	private final InMemoryStatsReceiver stats = new InMemoryStatsReceiver();

	/** Latencies are kept one by one and copied for every new one: nobody reads them, so they must not pile up. */
	private final PeerHandler handler = new PeerHandler(() -> this.stats.stats().clear());

	private final long maxFragmentBytes;

	private ListeningServer server;

	private Future<?> closing = Future.Done();

	private FinagleServerMain(long maxFragmentBytes) {
		this.maxFragmentBytes = maxFragmentBytes;
	}

	/**
	 * Runs the server until its input ends.
	 * @param args the port, or 0; the largest fragment it takes, in bytes
	 */
	public static void main(String[] args) throws Exception {
		FinagleServerMain main = new FinagleServerMain(Long.parseLong(args[1]));
		main.open(Integer.parseInt(args[0]));
		BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (String line = in.readLine(); line != null && !line.equals("quit"); line = in.readLine()) {
			main.handle(line.split(" "));
		}
		Runtime.getRuntime().halt(0);
	}

	private void handle(String[] words) throws Exception {
		switch (words[0]) {
			case "open" -> open(Integer.parseInt(words[1]));
			case "close" -> close(Long.parseLong(words[1]));
			case "closed" -> {
				Await.ready(this.closing);
				say("OK");
			}
			case "mode" -> {
				this.handler.mode(words[1]);
				say("OK");
			}
			case "stats" -> stats();
			default -> say("ERROR unknown command " + words[0]);
		}
	}

	private void open(int port) {
		this.server = ThriftMux.server()
			.withStatsReceiver(this.stats)
			.configured(new Mux$param$MaxFrameSize(StorageUnit.fromBytes(this.maxFragmentBytes)).mk())
			.serve(new InetSocketAddress("localhost", port), this.handler);
		int bound = ((InetSocketAddress) this.server.boundAddress()).getPort();
		this.handler.port(bound);
		say("READY " + bound);
	}

	/** Begins the draining; {@code closed} waits for its end. */
	private void close(long millis) {
		this.closing = this.server.close(Time.now().plus(Duration.fromMilliseconds(millis)));
		say("OK");
	}

	private void stats() {
		System.out.println("handler/interrupts=" + this.handler.interrupts());
		System.out.println("handler/calls=" + this.handler.calls());
		scala.jdk.javaapi.CollectionConverters.asJava(this.stats.counters())
			.forEach((name, value) -> System.out.println(name.mkString("/") + "=" + value));
		say(".");
	}

	private static void say(String line) {
		System.out.println(line);
		System.out.flush();
	}

}
