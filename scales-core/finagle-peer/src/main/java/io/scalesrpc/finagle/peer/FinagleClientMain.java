package io.scalesrpc.finagle.peer;

import java.util.concurrent.Callable;

import com.twitter.finagle.Service;
import com.twitter.finagle.ThriftMux;
import com.twitter.finagle.service.RetryBudgets;
import com.twitter.finagle.stats.NullStatsReceiver;
import com.twitter.finagle.thrift.ClientId;
import com.twitter.finagle.thrift.ThriftClientRequest;
import com.twitter.finagle.tracing.Flags;
import com.twitter.finagle.tracing.SpanId;
import com.twitter.finagle.tracing.Trace;
import com.twitter.finagle.tracing.TraceId;
import com.twitter.util.Await;
import com.twitter.util.Duration;
import io.scalesrpc.finagle.load.Commands;
import io.scalesrpc.finagle.load.Json;
import io.scalesrpc.finagle.load.Loads;
import scala.Option;

/**
 * Finagle's ThriftMux client of the peer service, driven by lines on its input, each
 * answered with one line, {@code OK <result>} or {@code ERROR <what>}: <pre>
 * METHOD ARGUMENTS              makes a call; see {@link FinagleCalls#call}
 * timeout MILLIS METHOD ...     makes a call and discards it after so long
 * trace HIGH LOW SPAN METHOD ...   makes a call for a recorded trace of these ids, in hexadecimal; HIGH may be 0
 * client BALANCER retries|no-retries ADDRESSES    from now on another client; see {@link PeerBalancers#in}
 * tls LEVEL DIRECTORY ADDRESSES    from now on another client; see {@link PeerTls}
 * closed-loop ..., open-loop ...    makes many echoes; see {@link Loads}
 * load COUNT CONCURRENCY        the first of these without a limit of time
 * bench COUNT CONCURRENCY       makes them twice and tells about the second time
 * stats                         Finagle's counters and gauges as JSON
 * quit
 * </pre> <em>Confined to the main thread</em>.
 */
public final class FinagleClientMain {

	/** Ends the name of a balancer of a client that sends backup requests. */
	private static final String HEDGED = "-hedged";

	private final PeerStats stats = new PeerStats();

	private final ThriftMux.Client client;

	private Service<ThriftClientRequest, byte[]> service;

	private FinagleClientMain(String addresses, long timeoutMillis, boolean counted) {
		this.client = ThriftMux.client()
			.withClientId(new ClientId("finagle-peer"))
			.withLabel("peer")
			.withStatsReceiver(counted ? this.stats : NullStatsReceiver.get())
			.withRequestTimeout(Duration.fromMilliseconds(timeoutMillis));
		this.service = this.client.newService(addresses);
	}

	/**
	 * Runs the client until its input ends. Says {@code READY} when it can be told to
	 * call; it connects with the first call.
	 * @param args the servers, as {@code host:port,host:port}; the timeout of a call in
	 * milliseconds; optionally {@code stats}, without which Finagle counts nothing: what
	 * is compared with Scales is Finagle at its fastest
	 */
	public static void main(String[] args) throws Exception {
		FinagleClientMain main = new FinagleClientMain(args[0], Long.parseLong(args[1]),
				args.length > 2 && args[2].equals("stats"));
		Commands.run("READY", main::answer);
	}

	private Object answer(String command, String rest) throws Exception {
		switch (command) {
			case "client":
				replace(rest.split(" "));
				return "";
			case "tls":
				encrypt(rest.split(" ", 3));
				return "";
			case "closed-loop":
			case "open-loop":
				return Loads.run(new EchoTarget(calls()), command, rest);
			case "load":
				return load(rest.split(" "));
			case "bench":
				load(rest.split(" "));
				return load(rest.split(" "));
			case "bulk":
				String[] bulk = rest.split(" ", 2);
				return Loads.run(new EchoTarget(calls(), "x".repeat(Integer.parseInt(bulk[0]))), "closed-loop",
						bulk[1]);
			case "stats":
				return Json.of(this.stats.values());
			case "trace":
				return traced(rest.split(" ", 5));
			case "timeout":
				String[] words = rest.split(" ", 3);
				return calls().call(words[1], (words.length > 2) ? words[2] : "",
						Duration.fromMilliseconds(Long.parseLong(words[0])));
			default:
				return calls().call(command, rest, Duration.Top());
		}
	}

	/** The call is a child of the span that is told. */
	private Object traced(String[] words) throws Exception {
		long high = Long.parseUnsignedLong(words[0], 16);
		Option<SpanId> wide = (high != 0) ? Option.apply(SpanId.apply(high)) : Option.empty();
		SpanId trace = SpanId.apply(Long.parseUnsignedLong(words[1], 16));
		TraceId id = TraceId.apply(Option.apply(trace), Option.empty(),
				SpanId.apply(Long.parseUnsignedLong(words[2], 16)), Option.apply((Object) Boolean.TRUE), Flags.apply(0),
				wide, false);
		Callable<Object> call = () -> calls().call(words[3], (words.length > 4) ? words[4] : "", Duration.Top());
		return Trace.letId(id, false, () -> unchecked(call));
	}

	private static Object unchecked(Callable<Object> call) {
		try {
			return call.call();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private FinagleCalls calls() {
		return new FinagleCalls(this.service);
	}

	private void encrypt(String[] words) throws Exception {
		Await.ready(this.service.close());
		this.service = new PeerTls(words[0], words[1]).of(this.client).newService(words[2]);
	}

	private void replace(String[] words) throws Exception {
		Await.ready(this.service.close());
		boolean hedged = words[0].endsWith(HEDGED);
		String balancer = hedged ? words[0].substring(0, words[0].length() - HEDGED.length()) : words[0];
		ThriftMux.Client chosen = PeerBalancers.in(this.client, balancer);
		ThriftMux.Client retrying = words[1].equals("no-retries") ? chosen.withRetryBudget(RetryBudgets.EMPTY) : chosen;
		this.service = hedged ? retrying.methodBuilder(words[2]).idempotent(0.01).newService()
				: retrying.newService(words[2]);
	}

	private String load(String[] words) throws InterruptedException {
		return Loads.run(new EchoTarget(calls()), "closed-loop", words[1] + " " + words[0] + " " + Integer.MAX_VALUE);
	}

}
