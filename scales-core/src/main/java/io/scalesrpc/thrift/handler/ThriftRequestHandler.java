package io.scalesrpc.thrift.handler;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

import io.netty.buffer.ByteBuf;
import io.scalesrpc.Internal;
import io.scalesrpc.thrift.MessageStream;
import io.scalesrpc.thrift.ThriftCodec;
import io.scalesrpc.thrift.ThriftMessageException;
import io.scalesrpc.thrift.ThriftMessageException.Fault;
import io.scalesrpc.thrift.ThriftMethod;
import io.scalesrpc.thrift.ThriftService;
import org.apache.thrift.TApplicationException;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TMessage;
import org.apache.thrift.protocol.TMessageType;
import org.apache.thrift.protocol.TMultiplexedProtocol;
import org.jspecify.annotations.Nullable;

/**
 * The server's half: finds the handler of a request among the services of one port.
 * Decoding, invoking and encoding are separate, so that a server can invoke on a thread
 * of its choice.
 * <p>
 * <em>Immutable</em>.
 */
@Internal
public final class ThriftRequestHandler {

	private final ThriftCodec codec;

	private final Map<String, Target> targets;

	private ThriftRequestHandler(ThriftCodec codec, Map<String, Target> targets) {
		this.codec = codec;
		this.targets = Map.copyOf(targets);
	}

	/**
	 * Starts building a handler.
	 * @param codec the encoding of all services and its limits
	 * @return a builder without services
	 */
	public static Builder builder(ThriftCodec codec) {
		return new Builder(codec);
	}

	/**
	 * Reads a request.
	 * @param in exactly one message; its bytes are not kept
	 * @return the request; one for an unknown method or with arguments that cannot be
	 * read, too, which then answers so
	 * @throws ThriftMessageException if it is not a call at all
	 */
	public ThriftRequest decode(ByteBuf in) {
		if (!in.isReadable()) {
			throw new ThriftMessageException(Fault.EMPTY, "request: 0 bytes (expected: a call)");
		}
		@Nullable TMessage header = null;
		try {
			MessageStream stream = MessageStream.read(this.codec, in);
			header = call(stream);
			ThriftRequest request = request(header, stream);
			stream.finish();
			return request;
		}
		catch (TException | RuntimeException ex) {
			ThriftMessageException unreadable = ThriftMessageException.unreadable("request", ex);
			if (header == null) {
				throw unreadable;
			}
			return RefusedRequest.unreadable(this.codec, header, unreadable);
		}
	}

	/**
	 * The answer to a request that is not handled, for protocols that cannot say so in
	 * any other way: an error.
	 * @param head the beginning of the message, with the whole name of its method; not
	 * kept
	 * @param why what the answer says
	 * @return the answer, nothing for a oneway request
	 * @throws ThriftMessageException if it is no call
	 */
	public ThriftResponse refuse(ByteBuf head, String why) {
		try {
			TMessage header = call(MessageStream.read(this.codec, head));
			return new RefusedRequest(this.codec, header, TApplicationException.INTERNAL_ERROR, why).invoke();
		}
		catch (TException | RuntimeException ex) {
			throw ThriftMessageException.unreadable("request", ex);
		}
	}

	/**
	 * The methods of all services.
	 * @return their names as requests have them
	 */
	public SortedSet<String> methods() {
		return new TreeSet<>(this.targets.keySet());
	}

	private static TMessage call(MessageStream stream) throws TException {
		TMessage header = stream.header();
		if (header.type != TMessageType.CALL && header.type != TMessageType.ONEWAY) {
			throw new ThriftMessageException(Fault.WRONG_TYPE,
					"request: message type " + header.type + " (expected: 1, CALL, or 4, ONEWAY)");
		}
		return header;
	}

	private ThriftRequest request(TMessage header, MessageStream stream) throws TException {
		Target target = this.targets.get(header.name);
		if (target == null) {
			stream.skipBody();
			return RefusedRequest.unknownMethod(this.codec, header);
		}
		return new KnownMethod(this.codec, header, target,
				target.method().function().arguments().read(stream.protocol()));
	}

	/**
	 * A method and the object that does it. <em>Immutable</em>.
	 *
	 * @param method the method
	 * @param handler the object
	 * @param fullName the service and the method, put together once
	 */
	record Target(ThriftMethod method, Object handler, String fullName) {

		static Target of(ThriftMethod method, Object handler) {
			return new Target(method, handler, method.service() + "/" + method.name());
		}

	}

	/**
	 * Collects the services of a port.
	 * <p>
	 * <em>Confined to the thread</em> that builds.
	 */
	public static final class Builder {

		private final ThriftCodec codec;

		private final Map<String, Target> targets = new HashMap<>();

		private Builder(ThriftCodec codec) {
			this.codec = codec;
		}

		/**
		 * Adds the one service that an object implements.
		 * @param handler implements a generated {@code Iface}
		 * @return this builder
		 * @throws IllegalArgumentException if it implements none or several, or one of
		 * its methods is there already
		 */
		public Builder service(Object handler) {
			return service(null, handler.getClass(), handler);
		}

		/**
		 * Adds a service.
		 * @param name the name of the service as callers with Thrift's multiplexed
		 * protocol give it, or {@code null} for callers without
		 * @param service the generated class of the service
		 * @param handler implements its {@code Iface}
		 * @return this builder
		 * @throws IllegalArgumentException if it does not, or one of the methods is there
		 * already
		 */
		public Builder service(@Nullable String name, Class<?> service, Object handler) {
			ThriftService described = ThriftService.of(service);
			if (!described.iface().isInstance(handler)) {
				throw new IllegalArgumentException("handler: " + handler.getClass().getName() + " (expected: a "
						+ described.iface().getCanonicalName() + ")");
			}
			String prefix = (name != null) ? name + TMultiplexedProtocol.SEPARATOR : "";
			for (ThriftMethod method : described.methods()) {
				method.function().prepare();
				Target before = this.targets.putIfAbsent(prefix + method.name(), Target.of(method, handler));
				if (before != null) {
					throw new IllegalArgumentException(prefix + method.name() + ": both in " + before.method().service()
							+ " and in " + described.name() + " (expected: one; give one service a name)");
				}
			}
			return this;
		}

		/**
		 * Ends building; the builder may go on and build another.
		 * @return a handler of the services so far
		 */
		public ThriftRequestHandler build() {
			return new ThriftRequestHandler(this.codec, this.targets);
		}

	}

}
