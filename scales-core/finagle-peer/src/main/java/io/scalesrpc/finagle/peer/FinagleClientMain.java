package io.scalesrpc.finagle.peer;

import com.twitter.finagle.ThriftMux;
import com.twitter.finagle.stats.NullStatsReceiver;
import com.twitter.finagle.thrift.ClientId;
import com.twitter.util.Duration;

/**
 * Finagle's ThriftMux client of the peer service, driven by lines on its input, each answered with one line,
 * {@code OK <result>} or {@code ERROR <what>}:
 * <pre>
 * METHOD ARGUMENTS              makes a call; see {@link FinagleCalls#call}
 * timeout MILLIS METHOD ...     makes a call and discards it after so long
 * load COUNT CONCURRENCY        makes many echoes; see {@link Load#run}
 * bench COUNT CONCURRENCY       makes them twice and tells about the second time
 * stats                         Finagle's counters and gauges as JSON
 * quit
 * </pre>
 * <em>Confined to the main thread</em>.
 */
public final class FinagleClientMain {

	private final PeerStats stats = new PeerStats();

	private final FinagleCalls calls;

	private FinagleClientMain(String addresses, long timeoutMillis, boolean counted) {
		ThriftMux.Client client = ThriftMux.client()
			.withClientId(new ClientId("finagle-peer"))
			.withLabel("peer")
			.withStatsReceiver(counted ? this.stats : NullStatsReceiver.get())
			.withRequestTimeout(Duration.fromMilliseconds(timeoutMillis));
		this.calls = new FinagleCalls(client.newService(addresses));
	}

	/**
	 * Runs the client until its input ends. Says {@code READY} when it can be told to call; it connects with the first
	 * call.
	 * @param args the servers, as {@code host:port,host:port}; the timeout of a call in milliseconds; optionally
	 * {@code stats}, without which Finagle counts nothing: what is compared with Scales is Finagle at its fastest
	 */
	public static void main(String[] args) throws Exception {
		FinagleClientMain main = new FinagleClientMain(args[0], Long.parseLong(args[1]),
				args.length > 2 && args[2].equals("stats"));
		Commands.run("READY", main::answer);
	}

	private Object answer(String command, String rest) throws Exception {
		switch (command) {
			case "load":
				return load(rest.split(" "));
			case "bench":
				load(rest.split(" "));
				return load(rest.split(" "));
			case "stats":
				return Json.of(this.stats.values());
			case "timeout":
				String[] words = rest.split(" ", 3);
				return this.calls.call(words[1], (words.length > 2) ? words[2] : "",
						Duration.fromMilliseconds(Long.parseLong(words[0])));
			default:
				return this.calls.call(command, rest, Duration.Top());
		}
	}

	private String load(String[] words) throws InterruptedException {
		return Load.run(this.calls, Integer.parseInt(words[0]), Integer.parseInt(words[1]));
	}

}
