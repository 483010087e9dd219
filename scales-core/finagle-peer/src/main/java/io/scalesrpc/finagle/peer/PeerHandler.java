package io.scalesrpc.finagle.peer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.twitter.finagle.Failure;
import com.twitter.finagle.FailureFlags;
import com.twitter.finagle.Service;
import com.twitter.finagle.context.Contexts;
import com.twitter.finagle.thrift.ClientId;
import com.twitter.io.Buf;
import com.twitter.util.Future;
import com.twitter.util.Promise;
import io.scalesrpc.test.peer.Big;
import io.scalesrpc.test.peer.PeerException;
import io.scalesrpc.test.peer.PeerService;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.protocol.TMessage;
import org.apache.thrift.protocol.TMessageType;
import org.apache.thrift.transport.TMemoryBuffer;
import org.apache.thrift.transport.TMemoryInputTransport;
import scala.runtime.BoxedUnit;

/**
 * The peer service behind Finagle's server. Only {@code sleep} is asynchronous, so that Finagle can interrupt it.
 */
final class PeerHandler extends Service<byte[], byte[]> implements PeerService.Iface {

	private final PeerService.Processor<PeerHandler> processor = new PeerService.Processor<>(this);

	private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

	private final AtomicInteger interrupts = new AtomicInteger();

	private final AtomicInteger calls = new AtomicInteger();

	private volatile String mode = "serve";

	private final Runnable everyHundredCalls;

	private volatile int port;

	PeerHandler(Runnable everyHundredCalls) {
		this.everyHundredCalls = everyHundredCalls;
	}

	void mode(String newMode) {
		this.mode = newMode;
	}

	void port(int bound) {
		this.port = bound;
	}

	int interrupts() {
		return this.interrupts.get();
	}

	int calls() {
		return this.calls.get();
	}

	@Override
	public Future<byte[]> apply(byte[] request) {
		if (this.calls.incrementAndGet() % 100 == 0) {
			this.everyHundredCalls.run();
		}
		try {
			return switch (this.mode) {
				case "nack" -> Future.exception(Failure.rejected("busy"));
				case "final-nack" -> Future.exception(
						Failure.apply("never again", FailureFlags.NonRetryable() | FailureFlags.Rejected()));
				case "error" -> Future.exception(new IllegalStateException("broken"));
				default -> serve(request);
			};
		}
		catch (TException ex) {
			return Future.exception(ex);
		}
	}

	private Future<byte[]> serve(byte[] request) throws TException {
		TBinaryProtocol in = new TBinaryProtocol(new TMemoryInputTransport(request));
		TMessage header = in.readMessageBegin();
		if (header.name.equals("sleep")) {
			PeerService.sleep_args arguments = new PeerService.sleep_args();
			arguments.read(in);
			return sleep(header, arguments.getMs());
		}
		TMemoryBuffer out = new TMemoryBuffer(256);
		this.processor.process(new TBinaryProtocol(new TMemoryInputTransport(request)), new TBinaryProtocol(out));
		return Future.value(Arrays.copyOf(out.getArray(), out.length()));
	}

	private Future<byte[]> sleep(TMessage header, int millis) throws TException {
		TMemoryBuffer out = new TMemoryBuffer(64);
		TBinaryProtocol protocol = new TBinaryProtocol(out);
		protocol.writeMessageBegin(new TMessage(header.name, TMessageType.REPLY, header.seqid));
		new PeerService.sleep_result().setSuccess(millis).write(protocol);
		byte[] answer = Arrays.copyOf(out.getArray(), out.length());
		Promise<byte[]> promise = new Promise<>();
		promise.setInterruptHandler(new scala.runtime.AbstractPartialFunction<Throwable, BoxedUnit>() {

			@Override
			public boolean isDefinedAt(Throwable cause) {
				return true;
			}

			@Override
			public BoxedUnit apply(Throwable cause) {
				PeerHandler.this.interrupts.incrementAndGet();
				promise.updateIfEmpty(new com.twitter.util.Throw<>(cause));
				return BoxedUnit.UNIT;
			}

		});
		this.timer.schedule(() -> promise.updateIfEmpty(new com.twitter.util.Return<>(answer)), delay(millis),
				TimeUnit.MILLISECONDS);
		return promise;
	}

	/** Of a large number only the last three digits count, so that every call can have a number of its own. */
	private static int delay(int millis) {
		return (millis >= 1_000_000) ? millis % 1000 : millis;
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
	public java.nio.ByteBuffer echoBytes(java.nio.ByteBuffer b) {
		return b;
	}

	@Override
	public int add(int a, int b) {
		return a + b;
	}

	@Override
	public int sleep(int ms) {
		throw new IllegalStateException("answered elsewhere");
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
		// nobody waits
	}

	@Override
	public Big big(Big b) {
		return b;
	}

	@Override
	public int whoami() {
		return this.port;
	}

	@Override
	public Map<String, String> contexts() {
		Map<String, String> seen = new TreeMap<>();
		scala.jdk.javaapi.CollectionConverters.asJava(Contexts.broadcast().marshal()).forEach((entry) -> {
			byte[] value = bytes(entry._2());
			String key = new String(bytes(entry._1()), StandardCharsets.UTF_8);
			seen.put(key, HexFormat.of().formatHex(value));
		});
		ClientId.current().foreach((id) -> seen.put("client-id", id.name()));
		return seen;
	}

	private static byte[] bytes(Buf buf) {
		byte[] bytes = new byte[buf.length()];
		buf.write(bytes, 0);
		return bytes;
	}

}
