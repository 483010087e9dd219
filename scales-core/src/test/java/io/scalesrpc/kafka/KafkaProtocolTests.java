package io.scalesrpc.kafka;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.testing.ProtocolContract;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.testing.UnrulyServer;
import org.apache.kafka.clients.producer.RecordMetadata;

import static org.assertj.core.api.Assertions.assertThat;

@Sockets
class KafkaProtocolTests extends ProtocolContract<ScalesKafkaClient> {

	@Override
	protected UnrulyServer start() throws IOException {
		return new FakeBroker();
	}

	@Override
	protected ClientBuilder<ScalesKafkaClient> client(String uri) {
		return ScalesClients.builder(ScalesKafkaClient.class).protocol("kafka").uri(uri);
	}

	@Override
	protected CompletableFuture<?> callAsync(ScalesKafkaClient client, String text) {
		return client.putAsync("texts", text);
	}

	@Override
	protected Object call(ScalesKafkaClient client, String text) {
		return client.put("texts", text);
	}

	/** A call that finds no producer in its time was not sent, and says so. */
	@Override
	protected void prepare(ClientHandle<ScalesKafkaClient> client) {
		assertThat(client.ready(1, LONG).toCompletableFuture().join()).isTrue();
	}

	@Override
	protected Object answerTo(String text) {
		return text.length();
	}

	@Override
	protected Object seen(Object answer) {
		return ((RecordMetadata) answer).serializedValueSize();
	}

}
