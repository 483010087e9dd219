package io.scalesrpc.finagle.peer;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import com.twitter.finagle.Service;
import com.twitter.finagle.thrift.ThriftClientRequest;
import com.twitter.util.Future;
import io.scalesrpc.test.peer.PeerService;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.transport.TMemoryBuffer;
import org.apache.thrift.transport.TMemoryInputTransport;
import scala.runtime.BoxedUnit;

/**
 * Calls of the peer service through a Finagle service: the messages are written and read by the generated code.
 */
final class FinagleCalls {

	private final Service<ThriftClientRequest, byte[]> service;

	FinagleCalls(Service<ThriftClientRequest, byte[]> service) {
		this.service = service;
	}

	/** The generated client, whose transport is Finagle. */
	PeerService.Iface blocking() {
		return (PeerService.Iface) Proxy.newProxyInstance(FinagleCalls.class.getClassLoader(),
				new Class<?>[] { PeerService.Iface.class }, (proxy, method, arguments) -> {
					try {
						return method.invoke(new PeerService.Client(new TBinaryProtocol(new FinagleTransport(this.service))),
								arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				});
	}

	String load(int count, int concurrency) throws InterruptedException {
		Load load = new Load(count);
		for (int i = 0; i < concurrency; i++) {
			load.next();
		}
		load.left.await();
		return "ok=" + (count - load.failed.get()) + " failed=" + load.failed.get();
	}

	private Future<String> echo(String text) throws TException {
		TMemoryBuffer out = new TMemoryBuffer(128);
		PeerService.Client client = new PeerService.Client(new TBinaryProtocol(out));
		client.send_echo(text);
		byte[] request = Arrays.copyOf(out.getArray(), out.length());
		return this.service.apply(new ThriftClientRequest(request, false)).map((answer) -> decode(answer));
	}

	private static String decode(byte[] answer) {
		try {
			TBinaryProtocol in = new TBinaryProtocol(new TMemoryInputTransport(answer));
			in.readMessageBegin();
			PeerService.echo_result result = new PeerService.echo_result();
			result.read(in);
			return result.getSuccess();
		}
		catch (TException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Many echoes, so many at a time. */
	private final class Load {

		private final AtomicInteger toStart;

		private final AtomicInteger failed = new AtomicInteger();

		private final CountDownLatch left;

		Load(int count) {
			this.toStart = new AtomicInteger(count);
			this.left = new CountDownLatch(count);
		}

		void next() {
			int number = this.toStart.getAndDecrement();
			if (number <= 0) {
				return;
			}
			String text = "sixteen bytes..." + ((number % 2 == 0) ? "" : "!");
			try {
				echo(text).respond((answer) -> {
					if (!answer.isReturn() || !text.equals(answer.get())) {
						this.failed.incrementAndGet();
					}
					this.left.countDown();
					next();
					return BoxedUnit.UNIT;
				});
			}
			catch (TException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
