package io.scalesrpc.spring.settings;

import java.net.InetAddress;
import java.time.Duration;

import io.scalesrpc.mux.OpportunisticTls;
import io.scalesrpc.server.DeadlinePolicy;
import io.scalesrpc.server.ServerProtocol;
import io.scalesrpc.thrift.ThriftEncoding;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The server of this application's own services. There is one as soon as there is a bean
 * with {@code @ScalesService}. <em>Immutable</em>.
 *
 * @param enabled Whether beans with @ScalesService are served.
 * @param port Port to listen on; 0 for a free one, which local.scales.port tells.
 * @param address Address to listen on; all of this machine without it.
 * @param protocol Protocol of the clients.
 * @param encoding Encoding of requests and replies.
 * @param executor Bean that runs the handlers; without it each call that is admitted has
 * a thread of the server.
 * @param virtualThreads Whether handlers run on virtual threads; without it, as
 * spring.threads.virtual.enabled says.
 * @param maxConcurrentCalls Calls that may wait or run at a time; more are refused as
 * safe to send again.
 * @param maxCallsPerConnection Calls of one connection that may wait or run at a time; 0
 * for a share of what is free.
 * @param deadlines What is made of the deadlines that clients send.
 * @param maxConnections Connections at a time; more are closed at once.
 * @param handshakeTimeout Longest time until a connection must have begun to speak
 * ThriftMux; 0 for none.
 * @param idleTimeout Longest silence of a connection without calls; 0 for none.
 * @param maxAge Age at which a connection is asked to go elsewhere, give or take 10 %; 0
 * for none.
 * @param maxFrameSize Largest request.
 * @param announce Server set in which the server is announced, such as
 * zk://zk1:2181/services/prices.
 * @param announceAs Address to announce, host:port, if it is not the one the server
 * listens on.
 * @param zone Where the server stands, told in the metadata of what is announced; empty
 * for nothing.
 * @param leaveDelay Time from the withdrawal of the announcement until the server drains.
 * @param drainGrace Longest time that running calls have when the application stops.
 * @param ssl TLS of the server.
 */
public record ServerProperties(@DefaultValue("true") boolean enabled, @DefaultValue("9090") int port,
		@Nullable InetAddress address, @DefaultValue("thriftmux") ServerProtocol protocol,
		@DefaultValue("binary") ThriftEncoding encoding, @Nullable String executor, @Nullable Boolean virtualThreads,
		@DefaultValue("256") int maxConcurrentCalls, @DefaultValue("0") int maxCallsPerConnection,
		@DefaultValue("enforce") DeadlinePolicy deadlines, @DefaultValue("10000") int maxConnections,
		@DefaultValue("10s") Duration handshakeTimeout, @DefaultValue("10m") Duration idleTimeout,
		@DefaultValue("1h") Duration maxAge, @DefaultValue("16MB") DataSize maxFrameSize, @Nullable String announce,
		@Nullable String announceAs, @DefaultValue("") String zone, @DefaultValue("1s") Duration leaveDelay,
		@DefaultValue("10s") Duration drainGrace, @NestedConfigurationProperty @DefaultValue ServerSslProperties ssl) {

	/**
	 * TLS of the server. <em>Immutable</em>.
	 *
	 * @param bundle SSL bundle with the server's certificate; none without it.
	 * @param clients Which clients may connect: any of them, certified ones only, or
	 * asked for a certificate that they need not have.
	 * @param opportunistic Whether TLS is agreed upon with each client of ThriftMux; off
	 * speaks it from the first byte.
	 */
	public record ServerSslProperties(@Nullable String bundle,
			@DefaultValue("any") io.scalesrpc.transport.TlsServerSettings.Clients clients,
			@DefaultValue("off") OpportunisticTls opportunistic) {

	}

}
