package io.scalesrpc.observation;

import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.observation.TraceReceiver.Received;
import io.scalesrpc.server.ThriftMuxServer;
import io.scalesrpc.test.peer.PeerService;
import io.scalesrpc.testing.Sockets;
import org.junit.jupiter.api.Test;
import zipkin2.reporter.BytesMessageSender;
import zipkin2.reporter.brave.AsyncZipkinSpanHandler;
import zipkin2.reporter.urlconnection.URLConnectionSender;

import static org.assertj.core.api.Assertions.assertThat;

/** What collectors are told over HTTP, by both tracers in their own formats. */
@Sockets
class CollectorTests {

	private static final String METHOD = PeerService.class.getName() + "/echo";

	private static final String[] KINDS = { "", "INTERNAL", "SERVER", "CLIENT", "PRODUCER", "CONSUMER" };

	@Test
	void zipkinIsToldByBrave() throws Exception {
		try (TraceReceiver zipkin = new TraceReceiver("/api/v2/spans", 202, CollectorTests::ofJson);
				BytesMessageSender sender = URLConnectionSender.create(zipkin.uri() + "/api/v2/spans");
				AsyncZipkinSpanHandler reporter = AsyncZipkinSpanHandler.newBuilder(sender)
					// No thread of its own, which would keep spans for a second.
					.messageTimeout(0, TimeUnit.MILLISECONDS)
					.build();
				Tracer tracer = BraveTracer.reportingTo(reporter)) {
			call(tracer);
			reporter.flush();
			assertTold(zipkin);
		}
	}

	@Test
	void aCollectorOfOtlpIsToldByOpenTelemetry() throws Exception {
		try (TraceReceiver collector = new TraceReceiver("/v1/traces", 200, CollectorTests::ofProtobuf);
				SpanExporter exporter = OtlpHttpSpanExporter.builder()
					.setEndpoint(collector.uri() + "/v1/traces")
					.build();
				OtelTracer tracer = new OtelTracer(exporter)) {
			call(tracer);
			tracer.flush();
			assertTold(collector);
		}
	}

	private static void call(Tracer tracer) throws Exception {
		PeerService.Iface handler = (PeerService.Iface) Proxy.newProxyInstance(CollectorTests.class.getClassLoader(),
				new Class<?>[] { PeerService.Iface.class }, (proxy, method, arguments) -> "hello");
		try (ThriftMuxServer server = ThriftMuxServer.builder()
			.service(PeerService.class, handler)
			.observations(new ServerObservations(tracer.registry, null))
			.build()
			.start();
				ClientHandle<PeerService.Iface> client = ScalesClients.builder(PeerService.Iface.class)
					.name("peer")
					.uri("tcp://127.0.0.1:" + server.address().getPort())
					.observations(ObservationSettings.of(tracer.registry))
					.build()) {
			assertThat(client.proxy().echo("hi")).isEqualTo("hello");
		}
	}

	private static void assertTold(TraceReceiver collector) {
		assertThat(collector.spans()).hasSize(2);
		Received client = collector.span("CLIENT");
		Received server = collector.span("SERVER");
		assertThat(server.traceId()).isEqualTo(client.traceId()).hasSize(32);
		assertThat(server.parentId()).isEqualTo(client.id());
		assertThat(client.parentId()).isEmpty();
		assertThat(List.of(client.name(), server.name()))
			.allSatisfy((name) -> assertThat(name).isEqualToIgnoringCase(METHOD));
		assertThat(client.text()).contains("rpc.system.name", "thriftmux", "scales.client", "peer", "attempt 1: ");
	}

	/** Each span begins with its trace. */
	private static List<Received> ofJson(byte[] body) {
		return Stream.of(Received.text(body).split("(?=\\{\"traceId\")"))
			.filter((text) -> text.startsWith("{"))
			.map((text) -> new Received(value(text, "traceId"), value(text, "id"), value(text, "parentId"),
					value(text, "name"), value(text, "kind"), text))
			.toList();
	}

	private static String value(String span, String key) {
		Matcher found = Pattern.compile("\"" + key + "\":\"([^\"]*)\"").matcher(span);
		return found.find() ? found.group(1) : "";
	}

	/** ExportTraceServiceRequest, resource_spans, scope_spans, spans: no more is read. */
	private static List<Received> ofProtobuf(byte[] body) {
		return fields(body, 1).flatMap((resource) -> fields(resource, 2))
			.flatMap((scope) -> fields(scope, 2))
			.map((span) -> new Received(hex(span, 1), hex(span, 2), hex(span, 4),
					fields(span, 5).map(Received::text).findFirst().orElse(""), KINDS[number(span, 6)],
					new String(span, StandardCharsets.ISO_8859_1)))
			.toList();
	}

	private static String hex(byte[] message, int number) {
		return fields(message, number).map(HexFormat.of()::formatHex).findFirst().orElse("");
	}

	private static int number(byte[] message, int number) {
		return fields(message, number).map((bytes) -> (int) bytes[0]).findFirst().orElse(0);
	}

	/** The fields of a number: bytes, or a small number as a byte. */
	private static Stream<byte[]> fields(byte[] message, int number) {
		List<byte[]> found = new ArrayList<>();
		ByteBuffer in = ByteBuffer.wrap(message);
		while (in.hasRemaining()) {
			long key = varint(in);
			byte[] value = switch ((int) (key & 7)) {
				case 0 -> new byte[] { (byte) varint(in) };
				case 1 -> bytes(in, 8);
				case 2 -> bytes(in, (int) varint(in));
				case 5 -> bytes(in, 4);
				default -> throw new AssertionError("wire type of " + key);
			};
			if (key >>> 3 == number) {
				found.add(value);
			}
		}
		return found.stream();
	}

	private static byte[] bytes(ByteBuffer in, int length) {
		byte[] bytes = new byte[length];
		in.get(bytes);
		return bytes;
	}

	private static long varint(ByteBuffer in) {
		long value = 0;
		for (int shift = 0;; shift += 7) {
			byte next = in.get();
			value |= (long) (next & 0x7f) << shift;
			if (next >= 0) {
				return value;
			}
		}
	}

}
