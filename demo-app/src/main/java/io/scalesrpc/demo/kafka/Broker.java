package io.scalesrpc.demo.kafka;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/**
 * A real broker, with its controller, in this process. Its log outlives its stops, but
 * not the application. <em>Thread-safe</em>.
 */
@Component
@ConditionalOnBooleanProperty("demo.kafka.enabled")
class Broker implements DisposableBean {

	private static final int ID = 1;

	private final ReentrantLock lock = new ReentrantLock();

	private final Path directory;

	private final Map<String, Object> settings;

	private volatile @Nullable KafkaRaftServer server;

	Broker(KafkaProperties properties) throws Exception {
		this.directory = Files.createTempDirectory("scales-demo-kafka");
		this.settings = settings(properties, this.directory);
		new Formatter().setNodeId(ID)
			.setClusterId(Uuid.randomUuid().toString())
			.addDirectory(this.directory.toString())
			.setMetadataLogDirectory(this.directory.toString())
			.setControllerListenerName("CONTROLLER")
			.setReleaseVersion(MetadataVersion.latestProduction())
			.setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
			.run();
		start();
	}

	private static Map<String, Object> settings(KafkaProperties properties, Path directory) {
		String controller = "localhost:" + properties.controllerPort();
		return Map.ofEntries(Map.entry("node.id", ID), Map.entry("process.roles", "broker,controller"),
				Map.entry("controller.quorum.voters", ID + "@" + controller),
				Map.entry("listeners", "PLAINTEXT://localhost:" + properties.port() + ",CONTROLLER://" + controller),
				Map.entry("controller.listener.names", "CONTROLLER"), Map.entry("log.dirs", directory.toString()),
				Map.entry("num.partitions", 3), Map.entry("offsets.topic.replication.factor", (short) 1),
				Map.entry("group.initial.rebalance.delay.ms", 0));
	}

	boolean isRunning() {
		return this.server != null;
	}

	void start() {
		this.lock.lock();
		try {
			if (this.server == null) {
				KafkaRaftServer started = new KafkaRaftServer(new KafkaConfig(this.settings, false), Time.SYSTEM);
				started.startup();
				this.server = started;
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	void stop() {
		this.lock.lock();
		try {
			KafkaRaftServer running = this.server;
			this.server = null;
			if (running != null) {
				running.shutdown();
				running.awaitShutdown();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void destroy() throws IOException {
		stop();
		FileSystemUtils.deleteRecursively(this.directory);
	}

}
