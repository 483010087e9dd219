package io.scalesrpc.finagle.peer;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import com.sun.management.OperatingSystemMXBean;
import com.twitter.finagle.ThriftMux;
import com.twitter.finagle.stats.NullStatsReceiver;
import com.twitter.finagle.thrift.ClientId;
import com.twitter.util.Duration;
import io.scalesrpc.test.peer.Big;
import io.scalesrpc.test.peer.Leaf;
import io.scalesrpc.test.peer.PeerException;
import io.scalesrpc.test.peer.PeerService;

/**
 * Finagle's ThriftMux client of the peer service, driven by lines on its input: {@code echo}, {@code add}, {@code fail},
 * {@code undeclared}, {@code nothing}, {@code big}, {@code sleep}, {@code contexts}, {@code large}, {@code load},
 * {@code bench}, {@code quit}. Every answer is one line, {@code OK ...} or {@code ERROR ...}.
 */
public final class FinagleClientMain {

	private final FinagleCalls calls;

	private FinagleClientMain(String address, long timeoutMillis) {
		ThriftMux.Client client = ThriftMux.client()
			.withClientId(new ClientId("finagle-peer"))
			.withLabel("peer")
			.withStatsReceiver(NullStatsReceiver.get())
			.withRequestTimeout(Duration.fromMilliseconds(timeoutMillis));
		this.calls = new FinagleCalls(client.newService(address));
	}

	/**
	 * Runs the client until its input ends.
	 * @param args the servers, as {@code host:port,host:port}; the timeout of a call in milliseconds
	 */
	public static void main(String[] args) throws Exception {
		FinagleClientMain main = new FinagleClientMain(args[0], Long.parseLong(args[1]));
		say("READY");
		BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (String line = in.readLine(); line != null && !line.equals("quit"); line = in.readLine()) {
			main.handle(line.split(" ", 2));
		}
		Runtime.getRuntime().halt(0);
	}

	private void handle(String[] words) {
		try {
			say("OK " + answer(words[0], (words.length > 1) ? words[1] : ""));
		}
		catch (PeerException ex) {
			say("ERROR PeerException " + ex.getCode() + " " + ex.getMessage());
		}
		catch (Throwable ex) {
			say("ERROR " + ex.toString().replace('\n', ' '));
		}
	}

	private Object answer(String command, String rest) throws Throwable {
		PeerService.Iface peer = this.calls.blocking();
		return switch (command) {
			case "echo" -> peer.echo(rest);
			case "add" -> peer.add(Integer.parseInt(rest.split(" ")[0]), Integer.parseInt(rest.split(" ")[1]));
			case "sleep" -> peer.sleep(Integer.parseInt(rest));
			case "contexts" -> peer.contexts();
			case "undeclared" -> peer.failUndeclared(rest);
			case "large" -> {
				String text = "x".repeat(Integer.parseInt(rest));
				yield text.equals(peer.echo(text));
			}
			case "big" -> {
				Big big = big(Integer.parseInt(rest));
				yield big.equals(peer.big(big));
			}
			case "fail" -> {
				peer.fail(7, rest);
				yield "no exception";
			}
			case "nothing" -> {
				peer.nothing();
				yield "void";
			}
			case "ping" -> {
				peer.ping();
				yield "void";
			}
			case "load" -> this.calls.load(Integer.parseInt(rest.split(" ")[0]), Integer.parseInt(rest.split(" ")[1]));
			case "bench" -> bench(Integer.parseInt(rest.split(" ")[0]), Integer.parseInt(rest.split(" ")[1]));
			default -> throw new IllegalArgumentException("unknown command " + command);
		};
	}

	private String bench(int count, int concurrency) throws InterruptedException {
		this.calls.load(count, concurrency);
		OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
		long cpu = system.getProcessCpuTime();
		long start = System.nanoTime();
		String result = this.calls.load(count, concurrency);
		long elapsed = System.nanoTime() - start;
		return String.format("%s %.0f calls/s %.2f us cpu/call", result, count * 1e9 / elapsed,
				(system.getProcessCpuTime() - cpu) / 1e3 / count);
	}

	private static Big big(int leaves) {
		Leaf leaf = new Leaf("leaf").setCount(42).setRatio(0.5).setFlag(true);
		Big big = new Big().setId(leaves).setLeaves(java.util.Collections.nCopies(leaves, leaf));
		return big.setIndex(Map.of("all", List.of(leaf))).setNumbers(java.util.Set.of(1L, 2L));
	}

	private static void say(String line) {
		System.out.println(line);
		System.out.flush();
	}

}
