package io.scalesrpc.server;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBufUtil;
import io.scalesrpc.call.Context;
import io.scalesrpc.test.peer.Big;
import io.scalesrpc.test.peer.PeerException;
import io.scalesrpc.test.peer.PeerService;

/**
 * The service of the tests. {@code sleep} does not sleep: it says that it has begun, then
 * waits until it is let go, or fails because it is interrupted. <em>Thread-safe</em>.
 */
public class PeerHandler implements PeerService.Iface {

	public final BlockingQueue<ServerCall> begun = new LinkedBlockingQueue<>();

	public final BlockingQueue<String> ended = new LinkedBlockingQueue<>();

	public final CountDownLatch letGo = new CountDownLatch(1);

	@Override
	public void ping() {
	}

	@Override
	public String echo(String text) {
		return text;
	}

	@Override
	public ByteBuffer echoBytes(ByteBuffer bytes) {
		return bytes;
	}

	@Override
	public int add(int left, int right) {
		return left + right;
	}

	@Override
	public int sleep(int millis) {
		this.begun.add(ServerCall.current());
		try {
			this.letGo.await();
			this.ended.add("let go");
			return millis;
		}
		catch (InterruptedException ex) {
			this.ended.add("interrupted, cancelled: " + ServerCall.current().isCancelled());
			throw new IllegalStateException("interrupted", ex);
		}
	}

	/** Waits until a handler is in {@link #sleep}. */
	public ServerCall awaitSleeping() throws InterruptedException {
		ServerCall call = this.begun.poll(10, TimeUnit.SECONDS);
		if (call == null) {
			throw new AssertionError("no call of sleep (expected: one)");
		}
		return call;
	}

	public String awaitEnded() throws InterruptedException {
		return String.valueOf(this.ended.poll(10, TimeUnit.SECONDS));
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
	}

	@Override
	public void fire(String text) {
		this.ended.add(text);
	}

	@Override
	public Big big(Big value) {
		return value;
	}

	@Override
	public int whoami() {
		return Thread.currentThread().isInterrupted() ? -1 : 1;
	}

	@Override
	public Map<String, String> contexts() {
		Map<String, String> seen = new TreeMap<>();
		Context contexts = ServerCall.current().contexts();
		contexts.forEach((key, value) -> seen.put(key, ByteBufUtil.hexDump(value)));
		return seen;
	}

}
