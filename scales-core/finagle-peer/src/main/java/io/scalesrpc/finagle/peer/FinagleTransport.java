package io.scalesrpc.finagle.peer;

import java.io.ByteArrayOutputStream;

import com.twitter.finagle.Service;
import com.twitter.finagle.thrift.ThriftClientRequest;
import com.twitter.finagle.util.DefaultTimer;
import com.twitter.util.Await;
import com.twitter.util.Duration;
import org.apache.thrift.protocol.TMessageType;
import org.apache.thrift.transport.TMemoryInputTransport;
import org.apache.thrift.transport.TTransport;
import org.apache.thrift.transport.TTransportException;

/**
 * A transport that sends what was written when it is flushed, and then gives the answer
 * to be read. <em>Confined to the thread of one call</em>.
 */
final class FinagleTransport extends TTransport {

	/** Of a strict binary message: version 1, and the type in its last byte. */
	private static final int TYPE_OFFSET = 3;

	private final Service<ThriftClientRequest, byte[]> service;

	private final Duration timeout;

	private final ByteArrayOutputStream request = new ByteArrayOutputStream();

	private TMemoryInputTransport answer;

	/**
	 * Makes the transport of one call.
	 * @param service what sends it
	 * @param timeout after which the call is given up and the server told so
	 */
	FinagleTransport(Service<ThriftClientRequest, byte[]> service, Duration timeout) {
		this.service = service;
		this.timeout = timeout;
	}

	@Override
	public boolean isOpen() {
		return true;
	}

	@Override
	public void open() {
		// Finagle connects by itself.
	}

	@Override
	public void close() {
		// Finagle's service is shared.
	}

	@Override
	public void write(byte[] bytes, int offset, int length) {
		this.request.write(bytes, offset, length);
	}

	@Override
	public void flush() throws TTransportException {
		byte[] bytes = this.request.toByteArray();
		boolean oneway = bytes[TYPE_OFFSET] == TMessageType.ONEWAY;
		try {
			this.answer = new TMemoryInputTransport(
					Await.result(this.service.apply(new ThriftClientRequest(bytes, oneway))
						.raiseWithin(this.timeout, DefaultTimer.getInstance())));
		}
		catch (Exception ex) {
			throw new TTransportException(ex.toString(), ex);
		}
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws TTransportException {
		return this.answer.read(bytes, offset, length);
	}

}
