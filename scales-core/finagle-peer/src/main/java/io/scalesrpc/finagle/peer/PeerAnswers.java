package io.scalesrpc.finagle.peer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

import com.twitter.finagle.Dtab;
import com.twitter.finagle.context.Contexts;
import com.twitter.finagle.context.Deadline;
import com.twitter.finagle.context.Retries;
import com.twitter.finagle.thrift.ClientId;
import com.twitter.finagle.tracing.Trace;
import com.twitter.io.Buf;
import io.scalesrpc.test.peer.Big;
import io.scalesrpc.test.peer.PeerException;
import io.scalesrpc.test.peer.PeerService;

/**
 * What the peer service answers. <em>Thread-safe</em>.
 */
final class PeerAnswers implements PeerService.Iface {

	private volatile int port;

	private volatile String fired = "";

	void port(int bound) {
		this.port = bound;
	}

	/** What the last oneway call brought. */
	String fired() {
		return this.fired;
	}

	@Override
	public void ping() {
		// the answer is all
	}

	@Override
	public String echo(String s) {
		return s;
	}

	@Override
	public ByteBuffer echoBytes(ByteBuffer b) {
		return b;
	}

	@Override
	public int add(int a, int b) {
		return a + b;
	}

	/** Answers with the number at once; the handler delays the answer. */
	@Override
	public int sleep(int ms) {
		return ms;
	}

	@Override
	public void fail(int code, String message) throws PeerException {
		throw new PeerException(code, message);
	}

	@Override
	public String failUndeclared(String message) {
		throw new IllegalStateException(message);
	}

	@Override
	public void nothing() {
		// the answer is all
	}

	@Override
	public void fire(String s) {
		this.fired = s;
	}

	@Override
	public Big big(Big b) {
		return b;
	}

	@Override
	public int whoami() {
		return this.port;
	}

	/**
	 * The contexts by their keys, in hexadecimal, and what Finagle made of them:
	 * {@code client-id}, {@code deadline-remaining-ms}, {@code retries},
	 * {@code trace-id}, {@code dtab}.
	 */
	@Override
	public Map<String, String> contexts() {
		Map<String, String> seen = new TreeMap<>();
		scala.jdk.javaapi.CollectionConverters.asJava(Contexts.broadcast().marshal()).forEach((entry) -> {
			String key = new String(bytes(entry._1()), StandardCharsets.UTF_8);
			seen.put(key, HexFormat.of().formatHex(bytes(entry._2())));
		});
		ClientId.current().foreach((id) -> seen.put("client-id", id.name()));
		Deadline.current()
			.foreach((deadline) -> seen.put("deadline-remaining-ms",
					Long.toString(deadline.remaining().inMilliseconds())));
		Retries.current().foreach((retries) -> seen.put("retries", Integer.toString(retries.attempt())));
		Trace.idOption().foreach((id) -> seen.put("trace-id", id.traceId().toString()));
		seen.put("dtab", Dtab.local().show());
		return seen;
	}

	private static byte[] bytes(Buf buf) {
		byte[] bytes = new byte[buf.length()];
		buf.write(bytes, 0);
		return bytes;
	}

}
