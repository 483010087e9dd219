package io.scalesrpc.kafka;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.scalesrpc.testing.UnrulyServer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.InitProducerIdResponseData;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.message.ResponseHeaderData;
import org.apache.kafka.common.message.SaslAuthenticateResponseData;
import org.apache.kafka.common.message.SaslHandshakeResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.Record;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.MetadataRequest;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.requests.RequestUtils;
import org.apache.kafka.common.requests.SaslAuthenticateRequest;

/**
 * A broker that speaks as much of Kafka's protocol as a producer needs, and errs as it is
 * told: a cluster of one, with topics of one partition. <em>Thread-safe</em>.
 */
public final class FakeBroker implements UnrulyServer {

	private static final int ID = 1;

	private final ServerSocket socket;

	private final List<Peer> peers = new CopyOnWriteArrayList<>();

	private final AtomicInteger requests = new AtomicInteger();

	private final AtomicLong offsets = new AtomicLong();

	private final Map<String, Errors> topicErrors = new ConcurrentHashMap<>();

	private final List<Seen> records = new CopyOnWriteArrayList<>();

	private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

	private final Thread acceptor;

	private volatile Errors produceError = Errors.NONE;

	private volatile Errors idError = Errors.NONE;

	private volatile String login = "";

	private volatile Manner manner = Manner.ANSWER;

	/** Listens on a free port. */
	public FakeBroker() throws IOException {
		this(0);
	}

	private FakeBroker(int port) throws IOException {
		this(new ServerSocket(port, 50, InetAddress.getLoopbackAddress()));
	}

	/** Listens as somebody else says, with TLS for instance. */
	FakeBroker(ServerSocket socket) {
		this.socket = socket;
		this.acceptor = run(this::accept);
	}

	/** Lets nobody in without this name and password, by SASL PLAIN. */
	void login(String username, String password) {
		this.login = "\0" + username + "\0" + password;
	}

	/** Says of a topic what is wrong with it; {@code NONE} that nothing is. */
	public void topic(String name, Errors error) {
		this.topicErrors.put(name, error);
	}

	/** Answers records with an error from now on. */
	void answerRecordsWith(Errors error) {
		this.produceError = error;
	}

	/** Answers a producer that asks for its id with an error. */
	void answerProducersWith(Errors error) {
		this.idError = error;
	}

	/** The records that came, repeated ones twice. */
	public List<Seen> records() {
		return this.records;
	}

	/** Where it listens. */
	public int port() {
		return this.socket.getLocalPort();
	}

	@Override
	public String uri() {
		return "tcp://127.0.0.1:" + port();
	}

	@Override
	public void treat(Manner next) {
		this.manner = next;
		this.peers.forEach(Peer::flush);
	}

	@Override
	public int requests() {
		return this.requests.get();
	}

	@Override
	public int open() {
		return this.peers.size();
	}

	@Override
	public void close() {
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		// It may still accept one: a client comes back as soon as its connection ends.
		join(this.acceptor);
		this.peers.forEach(Peer::close);
		this.threads.forEach(FakeBroker::join);
	}

	private static void join(Thread thread) {
		try {
			thread.join(5000);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private Thread run(Runnable task) {
		Thread thread = new Thread(task, "fake-broker");
		thread.setDaemon(true);
		this.threads.add(thread);
		thread.start();
		return thread;
	}

	private void accept() {
		while (!this.socket.isClosed()) {
			try {
				Peer peer = new Peer(this.socket.accept());
				this.peers.add(peer);
				run(peer::serve);
			}
			catch (IOException ex) {
				// Closed.
				return;
			}
		}
	}

	private ApiMessage answer(RequestHeader header, ByteBuffer body) {
		AbstractRequest request = AbstractRequest.parseRequest(header.apiKey(), header.apiVersion(),
				new ByteBufferAccessor(body)).request;
		return switch (header.apiKey()) {
			case API_VERSIONS -> versions();
			case METADATA -> metadata((MetadataRequest) request);
			case INIT_PRODUCER_ID -> new InitProducerIdResponseData().setErrorCode(this.idError.code())
				.setProducerId(7)
				.setProducerEpoch((short) 0);
			case PRODUCE -> produced((ProduceRequest) request);
			case SASL_HANDSHAKE -> new SaslHandshakeResponseData().setMechanisms(List.of("PLAIN"));
			case SASL_AUTHENTICATE -> authenticated((SaslAuthenticateRequest) request);
			default -> throw new IllegalStateException(header.toString());
		};
	}

	private SaslAuthenticateResponseData authenticated(SaslAuthenticateRequest request) {
		boolean right = this.login.equals(new String(request.data().authBytes(), StandardCharsets.UTF_8));
		return new SaslAuthenticateResponseData()
			.setErrorCode((right ? Errors.NONE : Errors.SASL_AUTHENTICATION_FAILED).code())
			.setErrorMessage(right ? null : "Invalid username or password");
	}

	private static ApiVersionsResponseData versions() {
		ApiVersionsResponseData data = new ApiVersionsResponseData();
		// Before topics had ids.
		Map.of(ApiKeys.API_VERSIONS, 3, ApiKeys.METADATA, 8, ApiKeys.INIT_PRODUCER_ID, 1, ApiKeys.PRODUCE, 8,
				ApiKeys.SASL_HANDSHAKE, 1, ApiKeys.SASL_AUTHENTICATE, 1)
			.forEach((key, version) -> data.apiKeys()
				.add(new ApiVersionsResponseData.ApiVersion().setApiKey(key.id)
					.setMinVersion(key.oldestVersion())
					.setMaxVersion(version.shortValue())));
		return data;
	}

	private MetadataResponseData metadata(MetadataRequest request) {
		MetadataResponseData data = new MetadataResponseData().setClusterId("fake").setControllerId(ID);
		data.brokers()
			.add(new MetadataResponseData.MetadataResponseBroker().setNodeId(ID).setHost("127.0.0.1").setPort(port()));
		if (request.topics() != null) {
			request.topics().forEach((name) -> data.topics().add(topic(name)));
		}
		return data;
	}

	private MetadataResponseData.MetadataResponseTopic topic(String name) {
		Errors error = this.topicErrors.getOrDefault(name, Errors.NONE);
		MetadataResponseData.MetadataResponseTopic topic = new MetadataResponseData.MetadataResponseTopic()
			.setName(name)
			.setErrorCode(error.code());
		if (error == Errors.NONE) {
			topic.partitions()
				.add(new MetadataResponseData.MetadataResponsePartition().setPartitionIndex(0)
					.setLeaderId(ID)
					.setReplicaNodes(List.of(ID))
					.setIsrNodes(List.of(ID)));
		}
		return topic;
	}

	private ProduceResponseData produced(ProduceRequest request) {
		ProduceResponseData data = new ProduceResponseData();
		request.data().topicData().forEach((topic) -> {
			ProduceResponseData.TopicProduceResponse answer = new ProduceResponseData.TopicProduceResponse()
				.setName(topic.name());
			topic.partitionData()
				.forEach((partition) -> answer.partitionResponses()
					.add(new ProduceResponseData.PartitionProduceResponse().setIndex(partition.index())
						.setErrorCode(this.produceError.code())
						.setBaseOffset(this.offsets.getAndAdd(count((MemoryRecords) partition.records())))));
			data.responses().add(answer);
		});
		return data;
	}

	private int count(MemoryRecords records) {
		int count = 0;
		for (Record record : records.records()) {
			this.records.add(Seen.of(record));
			count++;
		}
		return count;
	}

	/**
	 * A record as it came. <em>Immutable</em>.
	 *
	 * @param key its key as a text, or null
	 * @param value its value as a text, or null
	 * @param headers its headers as texts
	 * @param timestamp when it was made
	 */
	public record Seen(String key, String value, Map<String, String> headers, long timestamp) {

		private static Seen of(Record record) {
			Map<String, String> headers = new LinkedHashMap<>();
			for (Header header : record.headers()) {
				headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
			}
			return new Seen(text(record.key()), text(record.value()), headers, record.timestamp());
		}

		private static String text(ByteBuffer buffer) {
			return (buffer != null) ? StandardCharsets.UTF_8.decode(buffer).toString() : null;
		}

	}

	/** A connection. <em>Thread-safe</em>. */
	private final class Peer {

		private final Socket socket;

		private final List<ByteBuffer> held = new ArrayList<>();

		Peer(Socket socket) {
			this.socket = socket;
		}

		void serve() {
			try (DataInputStream in = new DataInputStream(this.socket.getInputStream())) {
				while (true) {
					byte[] frame = new byte[in.readInt()];
					in.readFully(frame);
					serve(ByteBuffer.wrap(frame));
				}
			}
			catch (IOException ex) {
				// The client has gone.
			}
			finally {
				close();
			}
		}

		private void serve(ByteBuffer frame) throws IOException {
			RequestHeader header = RequestHeader.parse(frame);
			ApiMessage message = answer(header, frame);
			ByteBuffer answer = RequestUtils.serialize(
					new ResponseHeaderData().setCorrelationId(header.correlationId()),
					header.apiKey().responseHeaderVersion(header.apiVersion()), message, header.apiVersion());
			boolean produced = header.apiKey() == ApiKeys.PRODUCE;
			boolean behind;
			synchronized (this) {
				behind = !this.held.isEmpty();
				this.held.add(answer);
			}
			if (produced) {
				FakeBroker.this.requests.incrementAndGet();
			}
			if (FakeBroker.this.manner == Manner.ANSWER || !(produced || behind)) {
				flush();
			}
		}

		/** A connection has its answers in the order of the requests. */
		synchronized void flush() {
			try {
				DataOutputStream out = new DataOutputStream(this.socket.getOutputStream());
				for (ByteBuffer answer : this.held) {
					byte[] bytes = new byte[answer.remaining()];
					answer.duplicate().get(bytes);
					out.writeInt(bytes.length);
					out.write(bytes);
				}
				this.held.clear();
				out.flush();
			}
			catch (IOException ex) {
				close();
			}
		}

		void close() {
			FakeBroker.this.peers.remove(this);
			try {
				this.socket.close();
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
