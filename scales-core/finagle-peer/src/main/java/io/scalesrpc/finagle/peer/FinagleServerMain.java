package io.scalesrpc.finagle.peer;

import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Map;

import com.twitter.finagle.ListeningServer;
import com.twitter.finagle.Mux$param$MaxFrameSize;
import com.twitter.finagle.ThriftMux;
import com.twitter.util.Await;
import com.twitter.util.Duration;
import com.twitter.util.Future;
import com.twitter.util.StorageUnit;
import com.twitter.util.Time;

/**
 * Finagle's ThriftMux server with the peer service, driven by lines on its input, each answered with one line:
 * <pre>
 * close MILLIS                  drains and then closes, by force after so long; answers at once
 * closed                        answers when that is over
 * open PORT                     listens again: OK PORT
 * mode serve|nack|final-nack|error
 * delay METHOD MIN-MAX SEED     delays the answers of a method by so many milliseconds
 * delayed                       answers when a call that takes time has come, once for each of them
 * fired                         what the last oneway call brought
 * stats                         Finagle's counters and gauges, handler/calls and handler/interrupts, as JSON
 * quit
 * </pre>
 * <em>Confined to the main thread</em>.
 */
public final class FinagleServerMain {

	private final PeerStats stats = new PeerStats();

	private final PeerHandler handler = new PeerHandler();

	private final long maxFragmentBytes;

	private ListeningServer server;

	private Future<?> closing = Future.Done();

	private FinagleServerMain(long maxFragmentBytes) {
		this.maxFragmentBytes = maxFragmentBytes;
	}

	/**
	 * Runs the server until its input ends. Says {@code READY <port>} when it listens.
	 * @param args the port, or 0; the largest fragment it takes, in bytes
	 */
	public static void main(String[] args) throws Exception {
		FinagleServerMain main = new FinagleServerMain(Long.parseLong(args[1]));
		Commands.run("READY " + main.open(Integer.parseInt(args[0])), main::answer);
	}

	private Object answer(String command, String rest) throws Exception {
		switch (command) {
			case "open":
				return open(Integer.parseInt(rest));
			case "close":
				this.closing = this.server.close(Time.now().plus(Duration.fromMilliseconds(Long.parseLong(rest))));
				return "";
			case "closed":
				Await.ready(this.closing);
				return "";
			case "mode":
				this.handler.mode(PeerHandler.Mode.valueOf(rest.toUpperCase(Locale.ROOT).replace('-', '_')));
				return "";
			case "delay":
				delay(rest.split("[ -]"));
				return "";
			case "delayed":
				this.handler.delayed().await();
				return "";
			case "fired":
				return this.handler.answers().fired();
			case "stats":
				return stats();
			default:
				throw new IllegalArgumentException("command: " + command + " (expected: one that is listed above)");
		}
	}

	private int open(int port) {
		this.server = ThriftMux.server()
			.withStatsReceiver(this.stats)
			.configured(new Mux$param$MaxFrameSize(StorageUnit.fromBytes(this.maxFragmentBytes)).mk())
			.serve(new InetSocketAddress("localhost", port), this.handler);
		int bound = ((InetSocketAddress) this.server.boundAddress()).getPort();
		this.handler.answers().port(bound);
		return bound;
	}

	private void delay(String[] words) {
		this.handler.delay(words[0], new DelayedAnswers.Range(Integer.parseInt(words[1]), Integer.parseInt(words[2]),
				Long.parseLong(words[3])));
	}

	private String stats() {
		Map<String, Long> values = this.stats.values();
		values.put("handler/calls", this.handler.calls());
		values.put("handler/interrupts", this.handler.delayed().interrupts());
		return Json.of(values);
	}

}
