package io.scalesrpc.http.http1;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.embedded.EmbeddedChannel;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.http.message.HttpContext;
import io.scalesrpc.http.message.HttpOptions;
import io.scalesrpc.http.protocol.PlainHttp;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.testing.FakeTime;
import io.scalesrpc.transport.Connection;
import io.scalesrpc.transport.ConnectionFactory.Listener;
import io.scalesrpc.transport.TransportLimits;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class Http1OpeningTests {

	/** Whoever opens it may hear of it late, when the server has hung up already. */
	@Test
	void aConnectionThatEndsBeforeItIsToldIsToldAllTheSame() {
		FakeTime time = new FakeTime();
		HttpOptions options = HttpOptions.of(Map.of());
		PlainHttp plain = new PlainHttp(options.rules());
		HttpContext context = new HttpContext(options, () -> plain, TransportLimits.DEFAULT,
				new ClientMetrics(new SimpleMeterRegistry(), "test", "http"), time, time);
		List<SinkState> opened = new ArrayList<>();
		Http1Opening opening = new Http1Opening(context, "users", new Listener() {

			@Override
			public void opened(Connection connection) {
				opened.add(connection.state());
			}

			@Override
			public void failed(Failure failure) {
				throw new AssertionError(failure.reason());
			}

		});
		EmbeddedChannel channel = new EmbeddedChannel(opening);
		channel.close();
		channel.runPendingTasks();
		opening.await(channel.newSucceededFuture(), Duration.ofSeconds(1));
		assertThat(opened).containsExactly(SinkState.CLOSED);
	}

}
