package io.scalesrpc.finagle.peer;

import java.io.ByteArrayOutputStream;

import com.twitter.finagle.Service;
import com.twitter.finagle.thrift.ThriftClientRequest;
import com.twitter.util.Await;
import org.apache.thrift.TConfiguration;
import org.apache.thrift.transport.TEndpointTransport;
import org.apache.thrift.transport.TMemoryInputTransport;
import org.apache.thrift.transport.TTransportException;

/**
 * A transport that sends what was written when it is flushed, and then gives the answer to be read.
 */
final class FinagleTransport extends TEndpointTransport {

	private final Service<ThriftClientRequest, byte[]> service;

	private final ByteArrayOutputStream request = new ByteArrayOutputStream();

	private TMemoryInputTransport answer;

	FinagleTransport(Service<ThriftClientRequest, byte[]> service) throws TTransportException {
		super(TConfiguration.DEFAULT);
		this.service = service;
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
		try {
			byte[] bytes = Await.result(this.service.apply(new ThriftClientRequest(this.request.toByteArray(), false)));
			this.answer = new TMemoryInputTransport(bytes);
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
